/*
 * Pull: one record after another, in memory that does not grow with the message.
 *
 * The program prints the values of each record as they come. Nothing is final before ORDNORM_VERDICT:
 * a program that books lines as they come keeps them apart until then.
 */
#include "example.h"

/* Every value of the current record, whatever its type. */
static void print_record(const uint8_t *state)
{
    static const char *const kinds[] = { "", "header", "party", "line", "summary" };
    uint32_t kind, line, partial, count, i, field, nth, type, size, length;
    const uint8_t *name;
    uint8_t text[256];

    check(ordnorm_record(state, &kind, &line, &partial), "record");
    printf("%s %lu%s\n", kind <= 4 ? kinds[kind] : "?", (unsigned long)line, partial ? " (more follows)" : "");
    check(ordnorm_count(state, 0, ORDNORM_ANY_FIELD, &count), "count");
    for (i = 1; i <= count; i++) {
        check(ordnorm_entry(state, 0, i, &field, &nth, &type), "entry");
        check(ordnorm_field_name(field, &name, &length), "field_name");
        if (ordnorm_get_text(state, 0, ORDNORM_ANY_FIELD, i, text, sizeof text, &size) != ORDNORM_OK)
            size = 0;
        printf("  %.*s[%lu] = %.*s\n", (int)length, (const char *)name, (unsigned long)nth, (int)size,
               (const char *)text);
    }
}

/* What was found since the record before. */
static void print_findings(const uint8_t *state)
{
    uint32_t count = 0, i, size;
    uint8_t text[256];

    ordnorm_finding_count(state, &count);
    for (i = 1; i <= count; i++)
        if (ordnorm_finding_text(state, i, text, sizeof text, &size) == ORDNORM_OK)
            printf("  ! %.*s\n", (int)size, (const char *)text);
}

int main(int argc, char **argv)
{
    static ordnorm_state state;
    static uint64_t work[4096 / 8];
    uint32_t length, status, verdict, size;
    const uint8_t *name;
    uint8_t *message = load(argc > 1 ? argv[1] : NULL, &length);

    check(ORDNORM_INIT(&state), "init");
    check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
    for (;;) {
        status = ordnorm_next(state.bytes);
        switch (status) {
        case ORDNORM_BEGIN:
            check(ordnorm_channel(state.bytes, &name, &size), "channel");
            printf("an order begins, read by %.*s\n", (int)size, (const char *)name);
            break;
        case ORDNORM_RECORD:
            print_record(state.bytes);
            break;
        case ORDNORM_NOTES:
            break;
        case ORDNORM_VERDICT:
            check(ordnorm_verdict(state.bytes, &verdict), "verdict");
            check(ordnorm_code_text(verdict, &name, &size), "code_text");
            printf("verdict: %.*s\n", (int)size, (const char *)name);
            break;
        case ORDNORM_END:
            free(message);
            return 0;
        default:
            check(status, "next");
        }
        print_findings(state.bytes);
    }
}
