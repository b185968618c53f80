/*
 * Text: an order as canonical JSON, with the place of every value in the message.
 */
#include "example.h"

int main(int argc, char **argv)
{
    static ordnorm_state state;
    static uint64_t work[ORDNORM_GOOD_WORK / 8], order[65536 / 8];
    static uint8_t json[65536];
    uint32_t length, needed, status;
    uint8_t *message = load(argc > 1 ? argv[1] : NULL, &length);

    check(ORDNORM_INIT(&state), "init");
    check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
    while ((status = ordnorm_read(state.bytes, BYTES(order), sizeof order, &needed)) == ORDNORM_OK) {
        check(ordnorm_to_json(BYTES(order), ORDNORM_JSON_PROVENANCE, json, sizeof json, &needed), "to_json");
        printf("%.*s\n", (int)needed, (const char *)json);
    }
    if (status != ORDNORM_END)
        check(status, "read");
    free(message);
    return 0;
}
