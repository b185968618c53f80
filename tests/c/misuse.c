/*
 * What a program must not do, and what it may do with little memory.
 *
 * Every function is called with NULL, with wrong blocks, with numbers from the edges; nothing may be
 * written but on success. An order is read into every size of memory, and each success is the same
 * order.
 */
#include "../../bindings/c/example.h"

#include <pthread.h>
#include <string.h>

#define EXPECT(condition)                                                                                  \
    do {                                                                                                   \
        if (!(condition)) {                                                                                \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                \
            exit(1);                                                                                       \
        }                                                                                                  \
    } while (0)

static const uint8_t *message;
static uint32_t length;

static const uint32_t edges[] = { 0, 1, 2, 3, 5, 7, 8, 15, 16, 63, 64, 71, 72, 127, 133, 141, 144, 167, 168, 255, 256,
                                  1000, 65535, 65536, 0x7FFFFFFFu, 0x80000000u, 0x80000001u, 0x80000002u, 0xFFFFFFFFu };
#define EDGES (sizeof edges / sizeof edges[0])

static void versions(void)
{
    static ordnorm_state state;

    EXPECT(ordnorm_abi_version() == ORDNORM_ABI_VERSION);
    EXPECT(ordnorm_state_size(0) <= sizeof state);
    EXPECT(ordnorm_init(NULL, sizeof state, ORDNORM_ABI_VERSION) == ORDNORM_ERROR_NULL);
    EXPECT(ordnorm_init(state.bytes + 4, sizeof state - 4, ORDNORM_ABI_VERSION) == ORDNORM_ERROR_ALIGNMENT);
    EXPECT(ordnorm_init(state.bytes, sizeof state, ORDNORM_ABI_VERSION + 1) == ORDNORM_ERROR_VERSION);
    EXPECT(ordnorm_init(state.bytes, ordnorm_state_size(0) - 1, ORDNORM_ABI_VERSION) == ORDNORM_ERROR_STATE_SIZE);
    EXPECT(ordnorm_next(state.bytes) == ORDNORM_ERROR_HANDLE);
    EXPECT(ORDNORM_INIT(&state) == ORDNORM_OK);
    EXPECT(ordnorm_next(state.bytes) == ORDNORM_ERROR_NOT_OPEN);
}

static void opening(void)
{
    static ordnorm_state state;
    static uint64_t work[1024];
    uint64_t base = 1;
    uint32_t size, channel = 77, needed = 77;

    check(ORDNORM_INIT(&state), "init");
    EXPECT(ordnorm_open(state.bytes, message, length, NULL, 0, BYTES(work), sizeof work) == ORDNORM_ERROR_LAST);
    EXPECT(ordnorm_open(state.bytes, message, length, &base, 1, BYTES(work), sizeof work) == ORDNORM_ERROR_LAST);
    EXPECT(ordnorm_open(state.bytes, NULL, length, NULL, 1, BYTES(work), sizeof work) == ORDNORM_ERROR_NULL);
    EXPECT(ordnorm_open(state.bytes, NULL, 0, NULL, 1, BYTES(work), sizeof work) == ORDNORM_ERROR_EMPTY);
    EXPECT(ordnorm_open(state.bytes, message, length, NULL, 1, NULL, sizeof work) == ORDNORM_ERROR_NULL);
    EXPECT(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work) + 1, 8000) == ORDNORM_ERROR_ALIGNMENT);
    for (size = 0; size < ORDNORM_LEAST_WORK; size++)
        EXPECT(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), size) == ORDNORM_ERROR_WORK);
    EXPECT(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), size) == ORDNORM_OK);
    EXPECT(ordnorm_read(state.bytes, NULL, 8, &needed) == ORDNORM_ERROR_NULL);
    EXPECT(ordnorm_read(state.bytes, NULL, 0, NULL) == ORDNORM_ERROR_NULL);
    EXPECT(needed == 77);
    EXPECT(ordnorm_detect(state.bytes, (const uint8_t *)"x", 1, BYTES(work), sizeof work, &channel) > 255);
    EXPECT(channel == 77);
    EXPECT(ordnorm_detect(state.bytes, message, length, BYTES(work), sizeof work, &channel) == ORDNORM_OK);
    EXPECT(ordnorm_next(state.bytes) == ORDNORM_ERROR_NOT_OPEN);
    EXPECT(ordnorm_set_bytes(state.bytes, ORDNORM_OPTION_CHANNEL, (const uint8_t *)"\377", 1) == ORDNORM_ERROR_UTF8);
    EXPECT(ordnorm_set_bytes(state.bytes, ORDNORM_OPTION_CHANNELS, BYTES(work), sizeof work) == ORDNORM_ERROR_HANDLE);
    EXPECT(ordnorm_set_bytes(state.bytes, ORDNORM_OPTION_LOCALE, (const uint8_t *)"?", 1) == ORDNORM_ERROR_OPTION);
}

/* Every size of memory gives the same order, or says how much it needs. */
static void sizes(void)
{
    static ordnorm_state state;
    static uint64_t work[4096], order[8192];
    static uint8_t first[40000], json[40000];
    uint32_t size, needed, wanted, text_size, whole, smallest = 0;

    check(ORDNORM_INIT(&state), "init");
    check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
    EXPECT(ordnorm_read(state.bytes, NULL, 0, &wanted) == ORDNORM_OUTPUT_FULL);
    EXPECT(ordnorm_read(state.bytes, BYTES(order), sizeof order, &needed) == ORDNORM_OK);
    check(ordnorm_to_json(BYTES(order), 1, first, sizeof first, &whole), "to_json");
    EXPECT(ordnorm_read(state.bytes, BYTES(order), sizeof order, &needed) == ORDNORM_END);
    for (size = 0; size <= wanted + 64; size += size < wanted - 128 ? 113 : 1) {
        check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
        memset(order, 0xA5, sizeof order);
        if (ordnorm_read(state.bytes, BYTES(order), size, &needed) == ORDNORM_OUTPUT_FULL) {
            EXPECT(needed == wanted && size < wanted);
            EXPECT(((uint8_t *)order)[size] == 0xA5);
            continue;
        }
        if (smallest == 0)
            smallest = size;
        EXPECT(size >= wanted);
        EXPECT(((uint8_t *)order)[size] == 0xA5);
        check(ordnorm_to_json(BYTES(order), 1, json, sizeof json, &text_size), "to_json");
        EXPECT(text_size == whole && memcmp(json, first, whole) == 0);
    }
    EXPECT(smallest == wanted);
    memset(json, 0xA5, sizeof json);
    for (size = 0; size < whole; size += 97) {
        EXPECT(ordnorm_to_json(BYTES(order), 1, json, size, &needed) == ORDNORM_OUTPUT_FULL);
        EXPECT(needed == whole && json[0] == 0xA5);
    }
    EXPECT(ordnorm_to_json(BYTES(order), 2, json, sizeof json, &needed) == ORDNORM_ERROR_NUMBER);
    EXPECT(ordnorm_to_json(BYTES(order), 0, NULL, 5, &needed) == ORDNORM_ERROR_NULL);
}

/* Every getter with numbers from the edges: a success, a state or an error, never a fault. */
static void numbers(void)
{
    static ordnorm_state state;
    static uint64_t work[4096], order[8192];
    static const uint8_t *text;
    uint8_t buffer[300];
    uint32_t needed, a, b, c, d, r, f, n;
    int64_t big = 0;
    int32_t offset;

    check(ORDNORM_INIT(&state), "init");
    check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
    check(ordnorm_read(state.bytes, BYTES(order), sizeof order, &needed), "read");
    for (r = 0; r < EDGES; r++) {
        for (f = 0; f < EDGES; f++) {
            for (n = 0; n < EDGES; n++) {
                const uint8_t *o = BYTES(order);
                uint32_t record = edges[r], field = edges[f], nth = edges[n];

                big = 4711;
                if (ordnorm_get_decimal(o, record, field, nth, &big, &a) != ORDNORM_OK)
                    EXPECT(big == 4711);
                ordnorm_get_scaled(o, record, field, nth, edges[(r + f) % EDGES], &big);
                ordnorm_get_date(o, record, field, nth, &a, &b, &c, &offset);
                ordnorm_get_code(o, record, field, nth, &a);
                ordnorm_get_count(o, record, field, nth, &a);
                ordnorm_get_flag(o, record, field, nth, &a);
                ordnorm_get_text(o, record, field, nth, buffer, sizeof buffer, &a);
                ordnorm_text(o, record, field, nth, edges[(f + n) % EDGES], &text, &a);
                ordnorm_place(o, record, field, nth, &a, &b, &c, &d);
                ordnorm_entry(o, record, nth, &a, &b, &c);
                ordnorm_select(o, record, field, edges[(r + n) % EDGES], nth, &a);
                ordnorm_count(o, record, field, &a);
                ordnorm_party(o, record, nth, &a);
                ordnorm_party_by_role(o, record, field, &a);
            }
        }
        ordnorm_finding(BYTES(order), edges[r], &a, &b, &c, &d);
        ordnorm_finding_text(BYTES(order), edges[r], buffer, sizeof buffer, &a);
        ordnorm_finding_value(BYTES(order), edges[r], 2, buffer, sizeof buffer, &a);
        ordnorm_status_text(edges[r], &text, &a);
        ordnorm_field_name(edges[r], &text, &a);
        ordnorm_code_text(edges[r], &text, &a);
        ordnorm_finding_name(edges[r], &text, &a);
        ordnorm_channel_name(state.bytes, edges[r], &text, &a);
        for (f = 0; f < EDGES; f++) {
            ordnorm_set_number(state.bytes, edges[r], edges[f]);
        }
    }
    EXPECT(ordnorm_get_decimal(BYTES(order), 1, ORDNORM_LINE_QUANTITY, 1, NULL, &a) == ORDNORM_ERROR_NULL);
    EXPECT(ordnorm_get_decimal(NULL, 1, ORDNORM_LINE_QUANTITY, 1, &big, &a) == ORDNORM_ERROR_NULL);
    EXPECT(ordnorm_get_decimal(BYTES(work), 1, ORDNORM_LINE_QUANTITY, 1, &big, &a) == ORDNORM_ERROR_HANDLE);
    EXPECT(ordnorm_get_decimal(BYTES(order), 1, ORDNORM_LINE_DESCRIPTION, 1, &big, &a) == ORDNORM_ERROR_TYPE);
    EXPECT(ordnorm_get_decimal(BYTES(order), 0, ORDNORM_LINE_QUANTITY, 1, &big, &a) == ORDNORM_ABSENT);
    EXPECT(ordnorm_get_decimal(BYTES(order), 99, ORDNORM_LINE_QUANTITY, 1, &big, &a) == ORDNORM_ERROR_RECORD);
    EXPECT(ordnorm_field_number((const uint8_t *)"line.quantity", 13, &a) == ORDNORM_OK && a == ORDNORM_LINE_QUANTITY);
    /* What ordnorm_entry says is how the getters find the value. */
    for (r = 0; r <= 2; r++) {
        for (n = 1; ordnorm_entry(BYTES(order), r, n, &a, &b, &c) == ORDNORM_OK; n++) {
            uint32_t at, length_of, again, origin;

            check(ordnorm_place(BYTES(order), r, ORDNORM_ANY_FIELD, n, &at, &length_of, &origin, &d), "place");
            check(ordnorm_place(BYTES(order), r, a, b, &again, &length_of, &origin, &d), "place");
            EXPECT(at == again);
        }
        EXPECT(n > 5);
    }
    EXPECT(ordnorm_record(BYTES(order), &a, &b, &c) == ORDNORM_ERROR_HANDLE);
}

static uint32_t bound(const uint8_t *order, uint32_t record, ordnorm_column column, uint8_t *target, uint32_t size)
{
    uint32_t flawed = 0;

    return ordnorm_bind(order, record, &column, 1, sizeof column, target, size, &flawed);
}

static void binding(void)
{
    static ordnorm_state state;
    static uint64_t work[4096], order[8192];
    uint8_t target[64];
    uint32_t needed, form, capacity, digits, flawed = 77, size;
    ordnorm_column column;

    check(ORDNORM_INIT(&state), "init");
    check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
    check(ordnorm_read(state.bytes, BYTES(order), sizeof order, &needed), "read");
    memset(&column, 0, sizeof column);
    column.field = ORDNORM_LINE_PRICE;
    column.selector = ORDNORM_PRICE_NET;
    column.indicator = 60;
    for (form = 0; form < 12; form++) {
        for (capacity = 0; capacity < 40; capacity++) {
            for (digits = 0; digits < 20; digits++) {
                column.form = form;
                column.capacity = capacity;
                column.digits = digits;
                column.scale = digits % 5;
                column.offset = 8;
                memset(target, 0xA5, sizeof target);
                if (bound(BYTES(order), 1, column, target, sizeof target) != ORDNORM_OK)
                    EXPECT(target[8] == 0xA5 && target[60] == 0xA5);
                EXPECT(target[7] == 0xA5 && target[8 + capacity] == 0xA5);
            }
        }
    }
    /* 22.50: packed with an even number of digits, zoned, too small, to be rounded. */
    column.form = ORDNORM_AS_PACKED;
    column.capacity = 3;
    column.digits = 4;
    column.scale = 2;
    EXPECT(bound(BYTES(order), 1, column, target, sizeof target) == ORDNORM_OK);
    EXPECT(memcmp(target + 8, "\002\045\014", 3) == 0 && target[60] == ORDNORM_BOUND_OK);
    column.digits = column.capacity = 3;
    column.form = ORDNORM_AS_ZONED;
    EXPECT(bound(BYTES(order), 1, column, target, sizeof target) == ORDNORM_OK);
    EXPECT(memcmp(target + 8, "000", 3) == 0 && target[60] == ORDNORM_BOUND_RANGE);
    column.scale = 0;
    EXPECT(bound(BYTES(order), 1, column, target, sizeof target) == ORDNORM_OK);
    EXPECT(memcmp(target + 8, "000", 3) == 0 && target[60] == ORDNORM_BOUND_INEXACT);
    column.form = ORDNORM_AS_DAY;
    column.capacity = 8;
    EXPECT(bound(BYTES(order), 1, column, target, sizeof target) == ORDNORM_OK && target[60] == ORDNORM_BOUND_TYPE);
    /* Text is cut between characters: "Dübel 8 mm" of line 2. */
    column.field = ORDNORM_LINE_DESCRIPTION;
    column.selector = 0;
    column.form = ORDNORM_AS_TEXT;
    for (size = 1; size < 20; size++) {
        column.capacity = size;
        EXPECT(bound(BYTES(order), 2, column, target, sizeof target) == ORDNORM_OK);
        EXPECT((target[60] == ORDNORM_BOUND_TRUNCATED) == (size < 12));
        EXPECT(target[8 + size - 1] == 0);
        EXPECT(size != 3 || strcmp((char *)target + 8, "D") == 0);
        EXPECT(size != 4 || strcmp((char *)target + 8, "D\303\274") == 0);
    }
    column.offset = 63;
    column.capacity = 2;
    EXPECT(bound(BYTES(order), 1, column, target, sizeof target) == ORDNORM_ERROR_COLUMN_PLACE);
    column.offset = 0xFFFFFFFFu;
    EXPECT(bound(BYTES(order), 1, column, target, sizeof target) == ORDNORM_ERROR_COLUMN_PLACE);
    EXPECT(ordnorm_bind(BYTES(order), 1, NULL, 1, sizeof column, target, 64, &flawed) == ORDNORM_ERROR_NULL);
    EXPECT(ordnorm_bind(BYTES(order), 1, &column, 1, 40, target, 64, &flawed) == ORDNORM_ERROR_COLUMN_SIZE);
    EXPECT(flawed == 77);
}

static void compiling(void)
{
    static uint64_t block[300000 / 8];
    static const char text[] = "channel own extends edifact-orders for sender 4012345000009\n";
    uint32_t size, line = 77, column = 77, needed, status, fits = 0;
    uint8_t sentence[200];

    for (size = 0; size <= sizeof block; size += 4093) {
        memset(block, 0xA5, sizeof block);
        if (ordnorm_channels_init(BYTES(block), size) != ORDNORM_OK)
            continue;
        status = ordnorm_channel_compile(BYTES(block), (const uint8_t *)text, sizeof text - 1);
        EXPECT(size == sizeof block || BYTES(block)[size] == 0xA5);
        EXPECT(status == ORDNORM_OK || status == ORDNORM_ERROR_CHANNEL_SIZE);
        EXPECT(fits == 0 || status == ORDNORM_OK);
        fits = status == ORDNORM_OK;
    }
    EXPECT(fits);
    EXPECT(ordnorm_channel_error(BYTES(block), &line, &column, sentence, sizeof sentence, &needed) == ORDNORM_ABSENT);
    EXPECT(ordnorm_channel_compile(BYTES(block), (const uint8_t *)"\377", 1) == ORDNORM_ERROR_UTF8);
    EXPECT(ordnorm_channel_compile(BYTES(block), NULL, 0) == ORDNORM_ERROR_CHANNEL_MISSING);
    EXPECT(ordnorm_channel_error(BYTES(block), &line, &column, NULL, 0, &needed) == ORDNORM_OUTPUT_FULL);
    EXPECT(line == 77 && column == 77 && needed > 0);
}

/* Two threads, two states, one order looked at by both. */
static void *reads(void *block)
{
    ordnorm_state *state = (ordnorm_state *)malloc(sizeof *state);
    uint64_t *work = (uint64_t *)malloc(32768), *order = (uint64_t *)malloc(65536);
    uint8_t *json = (uint8_t *)malloc(40000);
    uint32_t needed, round;

    (void)block;
    for (round = 0; round < 50; round++) {
        check(ORDNORM_INIT(state), "init");
        check(ordnorm_open(state->bytes, message, length, NULL, 1, BYTES(work), 32768), "open");
        check(ordnorm_read(state->bytes, BYTES(order), 65536, &needed), "read");
        check(ordnorm_to_json(BYTES(order), 0, json, 40000, &needed), "to_json");
    }
    free(state);
    free(work);
    free(order);
    free(json);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[2];

    message = load(argc > 1 ? argv[1] : NULL, &length);
    versions();
    opening();
    sizes();
    numbers();
    binding();
    compiling();
    EXPECT(pthread_create(&threads[0], NULL, reads, NULL) == 0 && pthread_create(&threads[1], NULL, reads, NULL) == 0);
    EXPECT(pthread_join(threads[0], NULL) == 0 && pthread_join(threads[1], NULL) == 0);
    free((void *)message);
    return 0;
}
