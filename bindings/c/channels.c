/*
 * Channels: a channel that is loaded while the program runs.
 *
 * channels MESSAGE CHANNEL: compiles the channel, or says where it is wrong, and reads the message with it.
 */
#include "example.h"

int main(int argc, char **argv)
{
    static ordnorm_state state;
    static uint64_t work[ORDNORM_GOOD_WORK / 8], order[65536 / 8], channels[ORDNORM_GOOD_CHANNELS / 8];
    static uint8_t text[65536];
    uint32_t length, needed, status, line, column;
    const uint8_t *name;
    uint8_t *source = load(argc > 2 ? argv[2] : NULL, &length);
    uint8_t *message;

    check(ordnorm_channels_init(BYTES(channels), sizeof channels), "channels_init");
    status = ordnorm_channel_compile(BYTES(channels), source, length);
    if (status != ORDNORM_OK) {
        check(ordnorm_channel_error(BYTES(channels), &line, &column, text, sizeof text, &needed), "channel_error");
        printf("%lu:%lu: %.*s\n", (unsigned long)line, (unsigned long)column, (int)needed, (const char *)text);
        free(source);
        return 1;
    }
    free(source); /* The compiled channel does not need its text. */

    check(ORDNORM_INIT(&state), "init");
    check(ordnorm_set_bytes(state.bytes, ORDNORM_OPTION_CHANNELS, BYTES(channels), sizeof channels), "channels");
    message = load(argv[1], &length);
    check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
    while ((status = ordnorm_read(state.bytes, BYTES(order), sizeof order, &needed)) == ORDNORM_OK) {
        check(ordnorm_channel(BYTES(order), &name, &needed), "channel");
        printf("read by %.*s:\n", (int)needed, (const char *)name);
        check(ordnorm_to_json(BYTES(order), 0, text, sizeof text, &needed), "to_json");
        printf("%.*s\n", (int)needed, (const char *)text);
    }
    if (status != ORDNORM_END)
        check(status, "read");
    free(message);
    return 0;
}
