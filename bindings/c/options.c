/*
 * Options: what the message does not say, you do; and which channel reads it.
 */
#include "example.h"

#include <string.h>

static void set_text(uint8_t *state, uint32_t option, const char *value)
{
    check(ordnorm_set_bytes(state, option, (const uint8_t *)value, (uint32_t)strlen(value)), value);
}

int main(int argc, char **argv)
{
    static ordnorm_state state;
    static uint64_t work[ORDNORM_GOOD_WORK / 8], order[65536 / 8];
    uint32_t length, needed, status, verdict, channel, count, i;
    const uint8_t *name;
    uint8_t *message = load(argc > 1 ? argv[1] : NULL, &length);

    printf("ABI %lu, state of at most %lu bytes\n", (unsigned long)ordnorm_abi_version(),
           (unsigned long)ORDNORM_STATE_BYTES);
    if (ordnorm_state_size(0) > ORDNORM_STATE_BYTES)
        return 2;

    check(ORDNORM_INIT(&state), "init");
    check(ordnorm_channel_count(state.bytes, &count), "channel_count");
    for (i = 0; i < count; i++) {
        check(ordnorm_channel_name(state.bytes, i, &name, &needed), "channel_name");
        printf("channel %.*s\n", (int)needed, (const char *)name);
    }
    check(ordnorm_detect(state.bytes, message, length, BYTES(work), sizeof work, &channel), "detect");
    check(ordnorm_channel_name(state.bytes, channel, &name, &needed), "channel_name");
    printf("the message is read by %.*s\n", (int)needed, (const char *)name);

    /* Numbers and dates are German where the message does not say it; nothing below 95 is booked. */
    set_text(state.bytes, ORDNORM_OPTION_LOCALE, "de-DE");
    check(ordnorm_set_number(state.bytes, ORDNORM_OPTION_MIN_CONFIDENCE, 95), "min confidence");
    check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
    check(ordnorm_read(state.bytes, BYTES(order), sizeof order, &needed), "read");
    check(ordnorm_verdict(BYTES(order), &verdict), "verdict");
    check(ordnorm_code_text(verdict, &name, &needed), "code_text");
    printf("verdict %.*s\n", (int)needed, (const char *)name);

    /* A channel that is not there is an error, and so is a value that an option does not have. */
    set_text(state.bytes, ORDNORM_OPTION_CHANNEL, "no-such-channel");
    status = ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work);
    ordnorm_status_text(status, &name, &needed);
    printf("%.*s\n", (int)needed, (const char *)name);
    status = ordnorm_set_number(state.bytes, ORDNORM_OPTION_MIN_CONFIDENCE, 4000000000u);
    ordnorm_status_text(status, &name, &needed);
    printf("%.*s\n", (int)needed, (const char *)name);
    free(message);
    return 0;
}
