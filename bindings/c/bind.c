/*
 * Bind: values straight into your own struct, and into a COBOL copybook.
 *
 * Two tables of columns say which value goes where. What is absent, does not fit or would have to be
 * rounded is told per column by an indicator, never by a changed value.
 */
#include "example.h"

#include <stddef.h>

/* How this program keeps the head of an order. */
struct head {
    char number[20];
    char issued[8];
    char buyer_gln[14];
    char ship_to_city[12];
    int64_t net_cents;
    uint32_t kind;
    uint32_t city_state;
    uint32_t net_state;
};

#define AT(member) (uint32_t) offsetof(struct head, member), (uint32_t)sizeof(((struct head *)0)->member)
#define STATE(member) (uint32_t) offsetof(struct head, member)

static const ordnorm_column head_columns[] = {
    /* record, role, field, selector, nth, form, offset and capacity, digits, scale, indicator */
    { ORDNORM_OF_RECORD, 0, ORDNORM_ORDER_NUMBER, 0, 1, ORDNORM_AS_TEXT, AT(number), 0, 0, ORDNORM_NO_INDICATOR },
    { ORDNORM_OF_RECORD, 0, ORDNORM_ORDER_ISSUED, 0, 1, ORDNORM_AS_DAY, AT(issued), 0, 0, ORDNORM_NO_INDICATOR },
    { ORDNORM_OF_PARTY, ORDNORM_ROLE_BUYER, ORDNORM_PARTY_ID, ORDNORM_SCHEME_GLN, 1, ORDNORM_AS_TEXT, AT(buyer_gln), 0,
      0, ORDNORM_NO_INDICATOR },
    { ORDNORM_OF_PARTY, ORDNORM_ROLE_SHIP_TO, ORDNORM_PARTY_CITY, 0, 1, ORDNORM_AS_TEXT, AT(ship_to_city), 0, 0,
      STATE(city_state) },
    { ORDNORM_OF_RECORD, 0, ORDNORM_TOTALS_NET, 0, 1, ORDNORM_AS_I64, AT(net_cents), 0, 2, STATE(net_state) },
    { ORDNORM_OF_RECORD, 0, ORDNORM_ORDER_KIND, 0, 1, ORDNORM_AS_CODE, AT(kind), 0, 0, ORDNORM_NO_INDICATOR }
};

/*
 * 01  ORDER-LINE.
 *     05  LINE-ITEM      PIC X(14).
 *     05  LINE-TEXT      PIC X(16).
 *     05  LINE-QUANTITY  PIC S9(9)V9(2) COMP-3.
 *     05  LINE-PRICE     PIC S9(7)V9(2).
 *     05  LINE-STATE     PIC S9(9) COMP-5 OCCURS 4.
 */
enum { ITEM = 0, TEXT = 14, QUANTITY = 30, PRICE = 36, LINE_STATE = 45, LINE_SIZE = 61 };

static const ordnorm_column line_columns[] = {
    { ORDNORM_OF_RECORD, 0, ORDNORM_LINE_GTIN, 0, 1, ORDNORM_AS_PADDED, ITEM, 14, 0, 0, LINE_STATE },
    { ORDNORM_OF_RECORD, 0, ORDNORM_LINE_DESCRIPTION, 0, 1, ORDNORM_AS_PADDED, TEXT, 16, 0, 0, LINE_STATE + 4 },
    { ORDNORM_OF_RECORD, 0, ORDNORM_LINE_QUANTITY, 0, 1, ORDNORM_AS_PACKED, QUANTITY, 6, 11, 2, LINE_STATE + 8 },
    { ORDNORM_OF_RECORD, 0, ORDNORM_LINE_PRICE, ORDNORM_PRICE_NET, 1, ORDNORM_AS_ZONED, PRICE, 9, 9, 2,
      LINE_STATE + 12 }
};

#define COUNT(array) (uint32_t)(sizeof(array) / sizeof((array)[0]))

static void print_order(const uint8_t *order)
{
    static const char *const states[] = { "ok", "absent", "truncated", "inexact", "out of range", "wrong type" };
    struct head head;
    uint8_t line[LINE_SIZE];
    uint32_t flawed, lines, number, i, state;

    check(ordnorm_bind(order, 0, head_columns, COUNT(head_columns), sizeof(ordnorm_column), (uint8_t *)&head, sizeof head,
                       &flawed),
          "bind the head");
    printf("order %s of %.8s, buyer %s, to %s (%s), net %ld cents (%s), kind %lu, %lu columns flawed\n", head.number,
           head.issued, head.buyer_gln, head.ship_to_city, states[head.city_state], (long)head.net_cents,
           states[head.net_state], (unsigned long)head.kind, (unsigned long)flawed);
    check(ordnorm_line_count(order, &lines), "line_count");
    for (number = 1; number <= lines; number++) {
        check(ordnorm_bind(order, number, line_columns, COUNT(line_columns), sizeof(ordnorm_column), line, sizeof line,
                           &flawed),
              "bind a line");
        printf("[%.14s] [%.16s] ", (const char *)line + ITEM, (const char *)line + TEXT);
        for (i = 0; i < 6; i++)
            printf("%02X", line[QUANTITY + i]);
        printf(" [%.9s]", (const char *)line + PRICE);
        for (i = 0; i < 4; i++) {
            /* The indicators of a copybook need not be aligned. */
            state = line[LINE_STATE + 4 * i + (*(const char *)"\1" == 1 ? 0 : 3)];
            printf(" %s", states[state]);
        }
        puts("");
    }
}

int main(int argc, char **argv)
{
    static ordnorm_state state;
    static uint64_t work[ORDNORM_GOOD_WORK / 8], order[65536 / 8];
    uint32_t length, needed, status;
    uint8_t *message = load(argc > 1 ? argv[1] : NULL, &length);

    check(ORDNORM_INIT(&state), "init");
    check(ordnorm_open(state.bytes, message, length, NULL, 1, BYTES(work), sizeof work), "open");
    while ((status = ordnorm_read(state.bytes, BYTES(order), sizeof order, &needed)) == ORDNORM_OK)
        print_order(BYTES(order));
    if (status != ORDNORM_END)
        check(status, "read");
    free(message);
    return 0;
}
