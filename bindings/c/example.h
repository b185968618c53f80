/* What the examples share: a file into memory, and an end with a sentence when something is wrong. */
#ifndef EXAMPLE_H
#define EXAMPLE_H

#include <ordnorm.h>
#include <stdio.h>
#include <stdlib.h>

/* The bytes of a block, which begins at a multiple of 8 because it is an array of uint64_t. */
#define BYTES(block) ((uint8_t *)(block))

/* Ends the program when a function has not succeeded. */
static void check(uint32_t status, const char *what)
{
    const uint8_t *text = NULL;
    uint32_t length = 0;

    if (status == ORDNORM_OK)
        return;
    ordnorm_status_text(status, &text, &length);
    fprintf(stderr, "%s: %.*s (status %lu)\n", what, (int)length, (const char *)text, (unsigned long)status);
    exit(2);
}

/* A whole file. */
static uint8_t *load(const char *name, uint32_t *length)
{
    FILE *file = name ? fopen(name, "rb") : NULL;
    uint8_t *bytes;
    long size;

    if (!file || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) {
        fprintf(stderr, "cannot read %s\n", name ? name : "(no file name)");
        exit(2);
    }
    rewind(file);
    bytes = (uint8_t *)malloc((size_t)size + 1);
    if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size) {
        fprintf(stderr, "cannot read %s\n", name);
        exit(2);
    }
    fclose(file);
    *length = (uint32_t)size;
    return bytes;
}

#endif
