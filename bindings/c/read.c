/*
 * Read: a whole order in your memory, verdict first.
 *
 * The program prints each order as JSON and says whether it may be booked. The memory for the order is
 * asked for: the first call says how much it needs.
 */
#include "example.h"

int main(int argc, char **argv)
{
    static ordnorm_state state;
    static uint64_t work[ORDNORM_GOOD_WORK / 8];
    uint32_t length, needed, status, verdict, at;
    uint8_t *message = load(argc > 1 ? argv[1] : NULL, &length);
    uint8_t *order = NULL, *json;
    uint32_t size = 0;

    check(ORDNORM_INIT(&state), "init");
    check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
    for (;;) {
        status = ordnorm_read(state.bytes, order, size, &needed);
        if (status == ORDNORM_OUTPUT_FULL) {
            /* The same order is read again, from the begin of the message: half as much more, so that
             * a message of growing orders is not read for each of them. */
            free(order);
            size = needed + needed / 2;
            order = (uint8_t *)malloc(size);
            if (!order)
                return 2;
            continue;
        }
        if (status != ORDNORM_OK)
            break;

        check(ordnorm_verdict(order, &verdict), "verdict");
        puts(verdict == ORDNORM_VERDICT_ACCEPTED ? "may be booked:" : "must not be booked unseen:");

        ordnorm_to_json(order, 0, NULL, 0, &needed);
        json = (uint8_t *)malloc(needed);
        if (!json)
            return 2;
        check(ordnorm_to_json(order, 0, json, needed, &needed), "to_json");
        printf("%.*s\n", (int)needed, (const char *)json);
        free(json);
    }
    if (status != ORDNORM_END) {
        ordnorm_error_at(state.bytes, &at);
        fprintf(stderr, "at byte %lu: ", (unsigned long)at);
        check(status, "read");
    }
    free(order);
    free(message);
    return 0;
}
