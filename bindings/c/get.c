/*
 * Get: single values, typed.
 *
 * The program prints what a clerk looks for: number, date, buyer, delivery address, and each line with
 * its quantity and net price. An absent value is ORDNORM_ABSENT, never 0.
 */
#include "example.h"

/* A text of any length up to that of the buffer; "-" when it is absent. */
static const char *text(const uint8_t *order, uint32_t record, uint32_t field)
{
    static char buffers[4][120];
    static int next;
    char *buffer = buffers[next++ % 4];
    uint32_t size;

    if (ordnorm_get_text(order, record, field, 1, (uint8_t *)buffer, sizeof buffers[0] - 1, &size) == ORDNORM_OK)
        buffer[size] = '\0';
    else
        sprintf(buffer, "-");
    return buffer;
}

static void print_line(const uint8_t *order, uint32_t line)
{
    int64_t cents;
    uint32_t net, at, length, origin, confidence;

    printf("line %lu: %s x %s %s", (unsigned long)line, text(order, line, ORDNORM_LINE_QUANTITY),
           text(order, line, ORDNORM_LINE_UNIT), text(order, line, ORDNORM_LINE_DESCRIPTION));
    /* A line may have several prices, each with its kind. */
    if (ordnorm_select(order, line, ORDNORM_LINE_PRICE, ORDNORM_PRICE_NET, 1, &net) == ORDNORM_OK) {
        switch (ordnorm_get_scaled(order, line, ORDNORM_LINE_PRICE, net, 2, &cents)) {
        case ORDNORM_OK:
            printf(", %ld.%02ld net", (long)(cents / 100), (long)(cents % 100));
            break;
        case ORDNORM_ERROR_WOULD_ROUND:
            printf(", a net price of more than two places");
            break;
        default:
            break;
        }
    }
    if (ordnorm_place(order, line, ORDNORM_LINE_QUANTITY, 1, &at, &length, &origin, &confidence) == ORDNORM_OK)
        printf(" (quantity: bytes %lu to %lu, confidence %lu)", (unsigned long)at, (unsigned long)(at + length),
               (unsigned long)confidence);
    puts("");
}

static void print_order(const uint8_t *order)
{
    uint32_t day, time, precision, party, lines, line, gln, findings, i, size, currency;
    int32_t offset;
    uint8_t sentence[256];

    printf("order %s\n", text(order, 0, ORDNORM_ORDER_NUMBER));
    if (ordnorm_get_date(order, 0, ORDNORM_ORDER_ISSUED, 1, &day, &time, &precision, &offset) == ORDNORM_OK
        && precision >= ORDNORM_PRECISION_DAY)
        printf("issued %lu-%02lu-%02lu\n", (unsigned long)(day / 10000), (unsigned long)(day / 100 % 100),
               (unsigned long)(day % 100));
    if (ordnorm_get_code(order, 0, ORDNORM_ORDER_CURRENCY, 1, &currency) == ORDNORM_OK
        && currency == ORDNORM_CODE('E', 'U', 'R', 0))
        puts("in euro");
    if (ordnorm_party_by_role(order, 0, ORDNORM_ROLE_BUYER, &party) == ORDNORM_OK) {
        printf("buyer %s", text(order, party, ORDNORM_PARTY_NAME));
        if (ordnorm_select(order, party, ORDNORM_PARTY_ID, ORDNORM_SCHEME_GLN, 1, &gln) == ORDNORM_OK
            && ordnorm_get_text(order, party, ORDNORM_PARTY_ID, gln, sentence, sizeof sentence, &size) == ORDNORM_OK)
            printf(", GLN %.*s", (int)size, (const char *)sentence);
        puts("");
    }
    if (ordnorm_party_by_role(order, 0, ORDNORM_ROLE_SHIP_TO, &party) == ORDNORM_OK)
        printf("deliver to %s, %s %s\n", text(order, party, ORDNORM_PARTY_NAME),
               text(order, party, ORDNORM_PARTY_POSTCODE), text(order, party, ORDNORM_PARTY_CITY));
    check(ordnorm_line_count(order, &lines), "line_count");
    for (line = 1; line <= lines; line++)
        print_line(order, line);
    check(ordnorm_finding_count(order, &findings), "finding_count");
    for (i = 1; i <= findings; i++)
        if (ordnorm_finding_text(order, i, sentence, sizeof sentence, &size) == ORDNORM_OK)
            printf("! %.*s\n", (int)size, (const char *)sentence);
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
