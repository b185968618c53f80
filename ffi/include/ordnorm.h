/*
 * ordnorm: an order message of any channel in, one canonical order out.
 *
 * Generated from the Rust sources: cargo run -p ordnorm-header
 *
 * WHAT IT IS
 *
 * A message (an EDIFACT interchange, a webhook's JSON, a CSV file ...) becomes orders of one form: fields
 * with numbers (ORDNORM_ORDER_NUMBER, ORDNORM_LINE_QUANTITY ...), exact decimals, dates that never claim
 * more than was written, and for each value its place in the message. Channels describe how messages
 * become orders; they are built in, or loaded at run time from text.
 *
 * THE WAYS TO CALL IT
 *
 * Read    ordnorm_init, ordnorm_open, then ordnorm_read for each order: a whole order in your memory.
 *         ordnorm_verdict comes first: only ORDNORM_VERDICT_ACCEPTED may be booked unseen.
 * Pull    ordnorm_next instead of ordnorm_read: one record after another in bounded memory, for long
 *         messages and small machines. Nothing is final before ORDNORM_VERDICT.
 * Get     ordnorm_get_decimal and its sisters: one value at a time, typed, of an order or of the current
 *         record.
 * Bind    ordnorm_bind fills your own struct, COBOL copybook or Pascal record by a table of columns.
 * Text    ordnorm_to_json writes the canonical JSON.
 *
 *         ordnorm_state state;
 *         uint64_t work[4096], order[16384];
 *         uint32_t needed, verdict;
 *
 *         ORDNORM_INIT(&state);
 *         ordnorm_open(state.bytes, message, length, 0, 1, (uint8_t *)work, sizeof work);
 *         while (ordnorm_read(state.bytes, (uint8_t *)order, sizeof order, &needed) == ORDNORM_OK) {
 *             ordnorm_verdict((uint8_t *)order, &verdict);
 *             ...
 *         }
 *
 * RECORDS, FIELDS, NUMBERS
 *
 * A value is named by its record (0 the document, 1 ... a line, or what ordnorm_party gives), its field
 * (ORDNORM_...), and nth, which counts from 1 where a field repeats. Values of a repeated group (a
 * reference with its type and date, a price with its kind and basis) have the same nth. A value that is
 * absent is ORDNORM_ABSENT, never zero and never empty; a line never shows the document's value.
 *
 * STATUS
 *
 * Functions return a status: ORDNORM_OK is 0, 1 to 15 are states, 256 and up errors, in blocks of 256 by
 * cause. Outputs are written only on success, and the needed size also with ORDNORM_OUTPUT_FULL. Any
 * integer is accepted as input. A pointer is NULL only where a length of 0 goes with it, else
 * ORDNORM_ERROR_NULL is returned.
 *
 * MEMORY
 *
 * All memory is yours; nothing is allocated, and nothing has to be freed. States, work, orders and channels
 * begin at a multiple of 8, must not be moved or copied while they are used, and are opaque. The message
 * stays where it is as long as its orders are used. Text is UTF-8 with a length and no NUL at its end;
 * each function says how long what it shows lives. Outputs may stand at any address.
 *
 * THREADS
 *
 * There are no globals: any number of threads may use as many states. One state is used by one thread at
 * a time. A collected order may be looked at by many.
 *
 * VERSIONS
 *
 * Functions and numbers are only added, never changed or removed, within one ORDNORM_ABI_VERSION.
 * ORDNORM_INIT tells the library the version and the size that your program was compiled with.
 *
 * Only fixed-width integers and byte pointers cross the border, none by value wider than 32 bits: any
 * language can call this. A compiler without <stdint.h> defines ORDNORM_NO_STDINT and the types uint8_t,
 * uint32_t, int32_t, uint64_t and int64_t itself.
 */
#ifndef ORDNORM_H
#define ORDNORM_H

#ifndef ORDNORM_NO_STDINT
#include <stdint.h>
#endif


/* The bit of a record number that says that it is a party's. */
#define ORDNORM_PARTY_BIT 0x80000000u

/* indicator of a column without one. */
#define ORDNORM_NO_INDICATOR 0xFFFFFFFFu

/* A code as written, of up to four characters; 0 stands for none: ORDNORM_CODE('E', 'U', 'R', 0). */
#define ORDNORM_CODE(a, b, c, d)                                                                           \
    (0x80000000u | (uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

/* Schemes of ids that are ISO/IEC 6523 codes: GLN and D-U-N-S number. */
#define ORDNORM_SCHEME_GLN ORDNORM_CODE('0', '0', '8', '8')
#define ORDNORM_SCHEME_DUNS ORDNORM_CODE('0', '0', '6', '0')

/* Makes a state, ordnorm_state *, ready: tells the library its size and the version of this header. */
#define ORDNORM_INIT(state) ordnorm_init((state)->bytes, (uint32_t)sizeof *(state), ORDNORM_ABI_VERSION)

#ifdef __cplusplus
extern "C" {
#endif


/**
 * Version of this ABI. A library refuses a state of another one.
 */
#define ORDNORM_ABI_VERSION 1

/**
 * Success.
 */
#define ORDNORM_OK 0

/**
 * State: a record is ready, and provisional until `ORDNORM_VERDICT`.
 */
#define ORDNORM_RECORD 1

/**
 * State: the message has been read to its end.
 */
#define ORDNORM_END 2

/**
 * State: the work is too small for this message.
 */
#define ORDNORM_MORE_SCRATCH 3

/**
 * State: the output does not fit; the needed size has been written, and nothing else.
 */
#define ORDNORM_OUTPUT_FULL 4

/**
 * State, reserved: more of the message is needed.
 */
#define ORDNORM_MORE_INPUT 5

/**
 * State: an order begins.
 */
#define ORDNORM_BEGIN 6

/**
 * State: an order ends; its verdict is known.
 */
#define ORDNORM_VERDICT 7

/**
 * State: there is no such value.
 */
#define ORDNORM_ABSENT 8

/**
 * State: findings are to be taken before the next step.
 */
#define ORDNORM_NOTES 9

/**
 * Error, misuse: a pointer is NULL that must not be.
 */
#define ORDNORM_ERROR_NULL 256

/**
 * Error, misuse: the header that the program was compiled with is of another ABI version.
 */
#define ORDNORM_ERROR_VERSION 257

/**
 * Error, misuse: the state is smaller than `ordnorm_state_size` says.
 */
#define ORDNORM_ERROR_STATE_SIZE 258

/**
 * Error, misuse: state, order, work and channels begin at a multiple of 8.
 */
#define ORDNORM_ERROR_ALIGNMENT 259

/**
 * Error, misuse: these bytes are not what the function takes, or were moved or overwritten.
 */
#define ORDNORM_ERROR_HANDLE 260

/**
 * Error, misuse: no message is open.
 */
#define ORDNORM_ERROR_NOT_OPEN 261

/**
 * Error, misuse: this version takes whole messages only: `last` must be 1, and `base` 0.
 */
#define ORDNORM_ERROR_LAST 262

/**
 * Error, misuse: no such option, or not a value of it.
 */
#define ORDNORM_ERROR_OPTION 263

/**
 * Error, misuse: no such record.
 */
#define ORDNORM_ERROR_RECORD 264

/**
 * Error, misuse: no such field, code or number.
 */
#define ORDNORM_ERROR_NUMBER 265

/**
 * Error, misuse: the value is of another type.
 */
#define ORDNORM_ERROR_TYPE 266

/**
 * Error, misuse: the columns are not of this version's size.
 */
#define ORDNORM_ERROR_COLUMN_SIZE 267

/**
 * Error, misuse: a column lies outside of the target.
 */
#define ORDNORM_ERROR_COLUMN_PLACE 268

/**
 * Error, misuse: a column's form, capacity, digits or scale do not go together.
 */
#define ORDNORM_ERROR_COLUMN_FORM 269

/**
 * Error, misuse: a column's record cannot be had here.
 */
#define ORDNORM_ERROR_COLUMN_RECORD 270

/**
 * Error, misuse: the text is not UTF-8.
 */
#define ORDNORM_ERROR_UTF8 271

/**
 * Error, misuse: `ordnorm_next` stands inside of an order; go on with it to its verdict first.
 */
#define ORDNORM_ERROR_INSIDE 272

/**
 * Error, misuse: two blocks overlap.
 */
#define ORDNORM_ERROR_OVERLAP 273

/**
 * Error, input: the message is empty.
 */
#define ORDNORM_ERROR_EMPTY 512

/**
 * Error, input: no channel recognises the message.
 */
#define ORDNORM_ERROR_NOT_RECOGNISED 513

/**
 * Error, input: two channels recognise the message equally well.
 */
#define ORDNORM_ERROR_AMBIGUOUS 514

/**
 * Error, input: no channel of this name.
 */
#define ORDNORM_ERROR_UNKNOWN_CHANNEL 515

/**
 * Error, input: the message is larger than 4 GiB.
 */
#define ORDNORM_ERROR_TOO_LARGE 516

/**
 * Error, input: the message is not well formed.
 */
#define ORDNORM_ERROR_MALFORMED 517

/**
 * Error, capacity: the work is smaller than `ORDNORM_LEAST_WORK`.
 */
#define ORDNORM_ERROR_WORK 768

/**
 * Error, capacity: the order needs more than 4 GiB.
 */
#define ORDNORM_ERROR_ORDER_SIZE 769

/**
 * Error, capacity: the value has more places than wanted and would have to be rounded.
 */
#define ORDNORM_ERROR_WOULD_ROUND 770

/**
 * Error, capacity: the value does not fit into the number.
 */
#define ORDNORM_ERROR_RANGE 771

/**
 * Error, channel text: a word that has no meaning there.
 */
#define ORDNORM_ERROR_CHANNEL_WORD 1024

/**
 * Error, channel text: the line ends too early.
 */
#define ORDNORM_ERROR_CHANNEL_LINE_END 1025

/**
 * Error, channel text: no such field.
 */
#define ORDNORM_ERROR_CHANNEL_FIELD 1026

/**
 * Error, channel text: no such record, column, map or block.
 */
#define ORDNORM_ERROR_CHANNEL_NAME 1027

/**
 * Error, channel text: no such code word.
 */
#define ORDNORM_ERROR_CHANNEL_CODE 1028

/**
 * Error, channel text: this stands twice.
 */
#define ORDNORM_ERROR_CHANNEL_REPEATED 1029

/**
 * Error, channel text: not a path of this notation.
 */
#define ORDNORM_ERROR_CHANNEL_PATH 1030

/**
 * Error, channel text: a part of a composite value stands apart from it.
 */
#define ORDNORM_ERROR_CHANNEL_PART 1031

/**
 * Error, channel text: the field does not belong into this block.
 */
#define ORDNORM_ERROR_CHANNEL_BLOCK 1032

/**
 * Error, channel text: an unknown code must not become a concrete value.
 */
#define ORDNORM_ERROR_CHANNEL_ELSE 1033

/**
 * Error, channel text: something that a channel needs is missing.
 */
#define ORDNORM_ERROR_CHANNEL_MISSING 1034

/**
 * Error, channel text: the channel does not fit into the memory.
 */
#define ORDNORM_ERROR_CHANNEL_SIZE 1035

/**
 * Error, channel text: the channel that it extends is not known.
 */
#define ORDNORM_ERROR_CHANNEL_BASE 1036

/**
 * Error, channel text: a quote is not closed.
 */
#define ORDNORM_ERROR_CHANNEL_QUOTE 1037

/**
 * Error, channel text: another fault; `ordnorm_channel_error` says which.
 */
#define ORDNORM_ERROR_CHANNEL_OTHER 1279

/**
 * Bytes of an `ordnorm_state`, with headroom for later versions; `ordnorm_state_size` says what this
 * version needs.
 */
#define ORDNORM_STATE_BYTES 12288

/**
 * The least bytes of work.
 */
#define ORDNORM_LEAST_WORK 3072

/**
 * Bytes of work that are enough for nearly every message.
 */
#define ORDNORM_GOOD_WORK 32768

/**
 * Option, number 0 to 100: values of less confidence send an order to review (80).
 */
#define ORDNORM_OPTION_MIN_CONFIDENCE 1

/**
 * Option, number: how numbers are written where the message does not say it, `ORDNORM_NUMBERS_...`.
 */
#define ORDNORM_OPTION_NUMBERS 2

/**
 * Option, number: 1 = `03/04/2026` is 3 April, 2 = it is 4 March, 0 = it is not known.
 */
#define ORDNORM_OPTION_DAY_FIRST 3

/**
 * Option, bytes: a language and region (`de-DE`), which sets the two options above.
 */
#define ORDNORM_OPTION_LOCALE 4

/**
 * Option, bytes: read as the channel of this name instead of detecting one; no bytes: detect.
 */
#define ORDNORM_OPTION_CHANNEL 5

/**
 * Option, bytes: the block of `ordnorm_channels_init`, whose channels go before the built-in ones; no
 * bytes: none.
 */
#define ORDNORM_OPTION_CHANNELS 6

/**
 * Numbers: not known; what may be read in two ways is absent, with a finding.
 */
#define ORDNORM_NUMBERS_UNKNOWN 0

/**
 * Numbers: `1234.50`
 */
#define ORDNORM_NUMBERS_POINT 1

/**
 * Numbers: `1234,50`
 */
#define ORDNORM_NUMBERS_COMMA 2

/**
 * Numbers: `1,234.50`
 */
#define ORDNORM_NUMBERS_POINT_GROUPED 3

/**
 * Numbers: `1.234,50`
 */
#define ORDNORM_NUMBERS_COMMA_GROUPED 4

/**
 * Flag of `ordnorm_to_json`: with the place, origin and confidence of every value.
 */
#define ORDNORM_JSON_PROVENANCE 1

/**
 * Record: values of the whole document, before its first line.
 */
#define ORDNORM_RECORD_HEADER 1

/**
 * Record: a party of the document or of a line.
 */
#define ORDNORM_RECORD_PARTY 2

/**
 * Record: an order line.
 */
#define ORDNORM_RECORD_LINE 3

/**
 * Record: values of the whole document that came behind its first line.
 */
#define ORDNORM_RECORD_SUMMARY 4

/**
 * Severity: worth knowing.
 */
#define ORDNORM_SEVERITY_INFO 0

/**
 * Severity: something to look at; the order can be booked.
 */
#define ORDNORM_SEVERITY_WARNING 1

/**
 * Severity: the order must not be booked unseen.
 */
#define ORDNORM_SEVERITY_ERROR 2

/**
 * The field of a finding about the lines as a whole.
 */
#define ORDNORM_LINES 65535

/**
 * Field 0 of the getters: the `nth` value of the record, whatever its field.
 */
#define ORDNORM_ANY_FIELD 0

/**
 * A value is text.
 */
#define ORDNORM_VALUE_TEXT 1

/**
 * A value is an exact decimal.
 */
#define ORDNORM_VALUE_DECIMAL 2

/**
 * A value is a date.
 */
#define ORDNORM_VALUE_DATE 3

/**
 * A value is a code: a word of the vocabulary, or as written.
 */
#define ORDNORM_VALUE_CODE 4

/**
 * A value is a count.
 */
#define ORDNORM_VALUE_COUNT 5

/**
 * A value is a flag.
 */
#define ORDNORM_VALUE_FLAG 6

/**
 * A date is known to the year: its day is YYYY0000.
 */
#define ORDNORM_PRECISION_YEAR 1

/**
 * A date is known to the month: its day is YYYYMM00.
 */
#define ORDNORM_PRECISION_MONTH 2

/**
 * A date is known to the ISO 8601 week: its day is YYYY00WW.
 */
#define ORDNORM_PRECISION_WEEK 3

/**
 * A date is known to the day: YYYYMMDD.
 */
#define ORDNORM_PRECISION_DAY 4

/**
 * A date is known to the minute.
 */
#define ORDNORM_PRECISION_MINUTE 5

/**
 * A date is known to the second.
 */
#define ORDNORM_PRECISION_SECOND 6

/**
 * The offset of a time whose sender gave no zone.
 */
#define ORDNORM_NO_OFFSET 32767

/**
 * Origin: it stands in the message as it is.
 */
#define ORDNORM_ORIGIN_EXPLICIT 1

/**
 * Origin: a code of the message was mapped.
 */
#define ORDNORM_ORIGIN_MAPPED 2

/**
 * Origin: it comes from an outer record or envelope.
 */
#define ORDNORM_ORIGIN_INHERITED 3

/**
 * Origin: it was computed from values of the message.
 */
#define ORDNORM_ORIGIN_DERIVED 4

/**
 * Origin: it is absent in the message; the channel says what holds then.
 */
#define ORDNORM_ORIGIN_DEFAULTED 5

/**
 * Origin: it was guessed.
 */
#define ORDNORM_ORIGIN_GUESSED 6

/**
 * Column of the record that is bound.
 */
#define ORDNORM_OF_RECORD 0

/**
 * Column of the document, whatever record is bound.
 */
#define ORDNORM_OF_DOCUMENT 1

/**
 * Column of the document's first party of the column's role.
 */
#define ORDNORM_OF_PARTY 2

/**
 * Column of the bound line's own first party of the column's role.
 */
#define ORDNORM_OF_LINE_PARTY 3

/**
 * Form: 4 bytes, a signed number of the machine; a decimal in units of `10^-scale`.
 */
#define ORDNORM_AS_I32 1

/**
 * Form: 8 bytes, a signed number of the machine; a decimal in units of `10^-scale`.
 */
#define ORDNORM_AS_I64 2

/**
 * Form: UTF-8 text of any value, ended by NUL, which is one of the `capacity` bytes.
 */
#define ORDNORM_AS_TEXT 3

/**
 * Form: UTF-8 text of any value, padded with blanks (COBOL `PIC X`).
 */
#define ORDNORM_AS_PADDED 4

/**
 * Form: packed decimal of `digits` digits with `scale` of them behind the mark (COBOL `COMP-3`); a sign
 * is always there (C or D).
 */
#define ORDNORM_AS_PACKED 5

/**
 * Form: zoned decimal, one ASCII digit a byte, negative with 40 hex added to the last one (COBOL `PIC S9
 * DISPLAY` of GnuCOBOL and Micro Focus); `digits` = `capacity`.
 */
#define ORDNORM_AS_ZONED 6

/**
 * Form: 8 characters YYYYMMDD, then blanks; a time of day is not part of it.
 */
#define ORDNORM_AS_DAY 7

/**
 * Form: 4 bytes, a code as `ordnorm_get_code` gives it.
 */
#define ORDNORM_AS_CODE 8

/**
 * Indicator: the value was written.
 */
#define ORDNORM_BOUND_OK 0

/**
 * Indicator: there is no such value; the column is zero or blank.
 */
#define ORDNORM_BOUND_ABSENT 1

/**
 * Indicator: the text was cut, between two characters.
 */
#define ORDNORM_BOUND_TRUNCATED 2

/**
 * Indicator: the number would have to be rounded, or the date is not known to the day; the column is zero
 * or blank.
 */
#define ORDNORM_BOUND_INEXACT 3

/**
 * Indicator: the number does not fit; the column is zero.
 */
#define ORDNORM_BOUND_RANGE 4

/**
 * Indicator: the value is of a type that the form cannot hold; the column is zero or blank.
 */
#define ORDNORM_BOUND_TYPE 5

/**
 * Bytes of a block of channels that are enough to compile most channels.
 */
#define ORDNORM_GOOD_CHANNELS 262144

/**
 * What a finding shows: the expected value, or the first of two readings.
 */
#define ORDNORM_SHOWN_EXPECTED 1

/**
 * What a finding shows: what was found, or the second of two readings.
 */
#define ORDNORM_SHOWN_FOUND 2

/**
 * Field `order.kind` (word): what the document asks for.
 */
#define ORDNORM_ORDER_KIND 1

/**
 * Field `order.reason` (word): why it is not an order.
 */
#define ORDNORM_ORDER_REASON 2

/**
 * Field `order.type` (word): standard, blanket, call-off ..., else UNTDID 1001 as written.
 */
#define ORDNORM_ORDER_TYPE 3

/**
 * Field `order.copy` (word): duplicate, copy or resent, as the sender declares it.
 */
#define ORDNORM_ORDER_COPY 4

/**
 * Field `order.number` (text): the number that this document gives itself.
 */
#define ORDNORM_ORDER_NUMBER 5

/**
 * Field `order.revision` (text): change or version number.
 */
#define ORDNORM_ORDER_REVISION 6

/**
 * Field `order.previous_number` (text): the order that this one changes, replaces or cancels.
 */
#define ORDNORM_ORDER_PREVIOUS_NUMBER 7

/**
 * Field `order.other_number` (text): a further number of the same document.
 */
#define ORDNORM_ORDER_OTHER_NUMBER 8

/**
 * Field `order.seller_number` (text): the seller's number for it.
 */
#define ORDNORM_ORDER_SELLER_NUMBER 9

/**
 * Field `order.issued` (date): when the buyer issued it.
 */
#define ORDNORM_ORDER_ISSUED 10

/**
 * Field `order.valid_until` (date): end of validity of the document.
 */
#define ORDNORM_ORDER_VALID_UNTIL 11

/**
 * Field `order.currency` (code): ISO 4217.
 */
#define ORDNORM_ORDER_CURRENCY 12

/**
 * Field `order.language` (code): ISO 639-1.
 */
#define ORDNORM_ORDER_LANGUAGE 13

/**
 * Field `order.buyer_reference` (text): EN 16931 BT-10.
 */
#define ORDNORM_ORDER_BUYER_REFERENCE 14

/**
 * Field `order.cost_centre` (text): UBL AccountingCost.
 */
#define ORDNORM_ORDER_COST_CENTRE 15

/**
 * Field `order.response_requested` (word): none, acknowledgement or full.
 */
#define ORDNORM_ORDER_RESPONSE 16

/**
 * Field `message.id` (text): UNH 0062, ST02, DOCNUM, Message-ID, wamid.
 */
#define ORDNORM_MESSAGE_ID 20

/**
 * Field `message.interchange` (text): UNB 0020, ISA13.
 */
#define ORDNORM_MESSAGE_INTERCHANGE 21

/**
 * Field `message.sender` (text): envelope address of the sender.
 */
#define ORDNORM_MESSAGE_SENDER 22

/**
 * Field `message.recipient` (text): envelope address of the recipient.
 */
#define ORDNORM_MESSAGE_RECIPIENT 23

/**
 * Field `message.sent` (date): envelope or message time.
 */
#define ORDNORM_MESSAGE_SENT 24

/**
 * Field `message.test` (flag): the sender marks it as a test.
 */
#define ORDNORM_MESSAGE_TEST 25

/**
 * Field `message.reply_to` (text): the message it answers, edits or revokes.
 */
#define ORDNORM_MESSAGE_REPLY_TO 26

/**
 * Field `message.subject` (text): subject of a mail.
 */
#define ORDNORM_MESSAGE_SUBJECT 27

/**
 * Field `carrier.channel` (text): channel of an outer envelope.
 */
#define ORDNORM_CARRIER_CHANNEL 30

/**
 * Field `carrier.id` (text): its message id.
 */
#define ORDNORM_CARRIER_ID 31

/**
 * Field `carrier.sender` (text): its sender.
 */
#define ORDNORM_CARRIER_SENDER 32

/**
 * Field `carrier.recipient` (text): its recipient.
 */
#define ORDNORM_CARRIER_RECIPIENT 33

/**
 * Field `carrier.sent` (date): its time.
 */
#define ORDNORM_CARRIER_SENT 34

/**
 * Field `carrier.subject` (text): its subject.
 */
#define ORDNORM_CARRIER_SUBJECT 35

/**
 * Field `delivery.requested` (date): when it shall arrive.
 */
#define ORDNORM_DELIVERY_REQUESTED 40

/**
 * Field `delivery.earliest` (date): not to arrive before.
 */
#define ORDNORM_DELIVERY_EARLIEST 41

/**
 * Field `delivery.latest` (date): not to arrive after.
 */
#define ORDNORM_DELIVERY_LATEST 42

/**
 * Field `delivery.cancel_after` (date): cancel if not delivered by.
 */
#define ORDNORM_DELIVERY_CANCEL_AFTER 43

/**
 * Field `dispatch.requested` (date): when it shall leave the seller.
 */
#define ORDNORM_DISPATCH_REQUESTED 44

/**
 * Field `dispatch.earliest` (date): not to leave before.
 */
#define ORDNORM_DISPATCH_EARLIEST 45

/**
 * Field `dispatch.latest` (date): not to leave after.
 */
#define ORDNORM_DISPATCH_LATEST 46

/**
 * Field `delivery.partial` (flag): partial delivery allowed.
 */
#define ORDNORM_DELIVERY_PARTIAL 47

/**
 * Field `delivery.incoterm` (code): Incoterms code.
 */
#define ORDNORM_DELIVERY_INCOTERM 48

/**
 * Field `delivery.place` (text): named place of the Incoterm.
 */
#define ORDNORM_DELIVERY_PLACE 49

/**
 * Field `delivery.unloading_point` (text): a place in words.
 */
#define ORDNORM_DELIVERY_UNLOADING 50

/**
 * Field `delivery.method` (text): carrier or transport mode as written.
 */
#define ORDNORM_DELIVERY_METHOD 51

/**
 * Field `payment.terms` (text): terms in words.
 */
#define ORDNORM_PAYMENT_TERMS 55

/**
 * Field `payment.means` (code): UNTDID 4461.
 */
#define ORDNORM_PAYMENT_MEANS 56

/**
 * Field `payment.days` (count): days until payment is due.
 */
#define ORDNORM_PAYMENT_DAYS 57

/**
 * Field `discount.days` (count): days within which the discount holds.
 */
#define ORDNORM_PAYMENT_DISCOUNT_DAYS 58

/**
 * Field `discount.percent` (decimal): discount in percent.
 */
#define ORDNORM_PAYMENT_DISCOUNT_PCT 59

/**
 * Field `totals.lines` (decimal): number of lines as declared.
 */
#define ORDNORM_TOTALS_LINES 60

/**
 * Field `totals.quantity` (decimal): sum of quantities as declared.
 */
#define ORDNORM_TOTALS_QUANTITY 61

/**
 * Field `totals.net` (decimal): declared net amount.
 */
#define ORDNORM_TOTALS_NET 62

/**
 * Field `totals.tax` (decimal): declared tax.
 */
#define ORDNORM_TOTALS_TAX 63

/**
 * Field `totals.gross` (decimal): declared gross amount.
 */
#define ORDNORM_TOTALS_GROSS 64

/**
 * Field `totals.allowances` (decimal): declared allowances.
 */
#define ORDNORM_TOTALS_ALLOWANCES 65

/**
 * Field `totals.charges` (decimal): declared charges.
 */
#define ORDNORM_TOTALS_CHARGES 66

/**
 * Field `party.role` (word): buyer, seller, ship_to ..., else UNTDID 3035 as written.
 */
#define ORDNORM_PARTY_ROLE 70

/**
 * Field `party.id` (text): an identifier of the party.
 */
#define ORDNORM_PARTY_ID 71

/**
 * Field `party.id.scheme` (word): its scheme: ICD, vat, assigned_by_buyer ....
 */
#define ORDNORM_PARTY_ID_SCHEME 72

/**
 * Field `party.name` (text): name lines.
 */
#define ORDNORM_PARTY_NAME 73

/**
 * Field `party.department` (text): department.
 */
#define ORDNORM_PARTY_DEPARTMENT 74

/**
 * Field `party.endpoint` (text): electronic address.
 */
#define ORDNORM_PARTY_ENDPOINT 75

/**
 * Field `party.endpoint.scheme` (word): its scheme (EAS).
 */
#define ORDNORM_PARTY_ENDPOINT_SCHEME 76

/**
 * Field `party.street` (text): street lines.
 */
#define ORDNORM_PARTY_STREET 77

/**
 * Field `party.city` (text): city.
 */
#define ORDNORM_PARTY_CITY 78

/**
 * Field `party.postcode` (text): post code.
 */
#define ORDNORM_PARTY_POSTCODE 79

/**
 * Field `party.region` (text): region.
 */
#define ORDNORM_PARTY_REGION 80

/**
 * Field `party.country` (code): ISO 3166-1 alpha-2.
 */
#define ORDNORM_PARTY_COUNTRY 81

/**
 * Field `party.contact.name` (text): name of the contact.
 */
#define ORDNORM_PARTY_CONTACT_NAME 82

/**
 * Field `party.contact.phone` (text): telephone.
 */
#define ORDNORM_PARTY_CONTACT_PHONE 83

/**
 * Field `party.contact.fax` (text): fax.
 */
#define ORDNORM_PARTY_CONTACT_FAX 84

/**
 * Field `party.contact.email` (text): e-mail.
 */
#define ORDNORM_PARTY_CONTACT_EMAIL 85

/**
 * Field `reference` (text): a reference.
 */
#define ORDNORM_REFERENCE 90

/**
 * Field `reference.type` (word): its type: contract, blanket ..., else UNTDID 1153 as written.
 */
#define ORDNORM_REFERENCE_TYPE 91

/**
 * Field `reference.line` (text): line of the referenced document.
 */
#define ORDNORM_REFERENCE_LINE 92

/**
 * Field `reference.date` (date): its date.
 */
#define ORDNORM_REFERENCE_DATE 93

/**
 * Field `note` (text): free text.
 */
#define ORDNORM_NOTE 95

/**
 * Field `note.subject` (code): UNTDID 4451.
 */
#define ORDNORM_NOTE_SUBJECT 96

/**
 * Field `note.language` (code): its language.
 */
#define ORDNORM_NOTE_LANGUAGE 97

/**
 * Field `allowance.kind` (word): allowance or charge.
 */
#define ORDNORM_ALLOWANCE_KIND 100

/**
 * Field `allowance.amount` (decimal): its amount.
 */
#define ORDNORM_ALLOWANCE_AMOUNT 101

/**
 * Field `allowance.percent` (decimal): its percentage.
 */
#define ORDNORM_ALLOWANCE_PERCENT 102

/**
 * Field `allowance.base_amount` (decimal): the amount it is computed from.
 */
#define ORDNORM_ALLOWANCE_BASE 103

/**
 * Field `allowance.reason` (text): reason in words.
 */
#define ORDNORM_ALLOWANCE_REASON 104

/**
 * Field `allowance.code` (code): reason code.
 */
#define ORDNORM_ALLOWANCE_CODE 105

/**
 * Field `attachment.name` (text): file name.
 */
#define ORDNORM_ATTACHMENT_NAME 110

/**
 * Field `attachment.media_type` (text): media type.
 */
#define ORDNORM_ATTACHMENT_MEDIA_TYPE 111

/**
 * Field `attachment.at` (count): where it stands in the message, in bytes.
 */
#define ORDNORM_ATTACHMENT_AT 112

/**
 * Field `attachment.length` (count): how long it is there.
 */
#define ORDNORM_ATTACHMENT_LENGTH 113

/**
 * Field `line.number` (text): as written.
 */
#define ORDNORM_LINE_NUMBER 120

/**
 * Field `line.parent` (text): number of the line that this is a sub-line of.
 */
#define ORDNORM_LINE_PARENT 121

/**
 * Field `line.action` (word): add, change, delete, unchanged, else as written.
 */
#define ORDNORM_LINE_ACTION 122

/**
 * Field `line.gtin` (text): GTIN.
 */
#define ORDNORM_LINE_GTIN 123

/**
 * Field `line.seller_id` (text): seller's item number.
 */
#define ORDNORM_LINE_SELLER_ID 124

/**
 * Field `line.buyer_id` (text): buyer's item number.
 */
#define ORDNORM_LINE_BUYER_ID 125

/**
 * Field `line.manufacturer_id` (text): manufacturer's item number.
 */
#define ORDNORM_LINE_MANUFACTURER_ID 126

/**
 * Field `line.isbn` (text): ISBN.
 */
#define ORDNORM_LINE_ISBN 127

/**
 * Field `line.pzn` (text): PZN.
 */
#define ORDNORM_LINE_PZN 128

/**
 * Field `line.other_id` (text): another item number.
 */
#define ORDNORM_LINE_OTHER_ID 129

/**
 * Field `line.description` (text): what it is, in words.
 */
#define ORDNORM_LINE_DESCRIPTION 130

/**
 * Field `line.attribute.name` (text): colour, size, batch ....
 */
#define ORDNORM_LINE_ATTRIBUTE_NAME 131

/**
 * Field `line.attribute` (text): its value.
 */
#define ORDNORM_LINE_ATTRIBUTE 132

/**
 * Field `line.quantity` (decimal): ordered quantity.
 */
#define ORDNORM_LINE_QUANTITY 133

/**
 * Field `line.unit` (code): UNECE Rec 20/21 code.
 */
#define ORDNORM_LINE_UNIT 134

/**
 * Field `line.unit_text` (text): the source's own word.
 */
#define ORDNORM_LINE_UNIT_TEXT 135

/**
 * Field `line.quantity_change` (decimal): signed change of the quantity.
 */
#define ORDNORM_LINE_QUANTITY_CHANGE 136

/**
 * Field `line.quantity_before` (decimal): quantity before the change.
 */
#define ORDNORM_LINE_QUANTITY_BEFORE 137

/**
 * Field `line.pack` (decimal): content of one ordered unit.
 */
#define ORDNORM_LINE_PACK 138

/**
 * Field `line.pack_unit` (code): its unit.
 */
#define ORDNORM_LINE_PACK_UNIT 139

/**
 * Field `line.free_quantity` (decimal): goods free of charge.
 */
#define ORDNORM_LINE_FREE_QUANTITY 140

/**
 * Field `line.price` (decimal): unit price.
 */
#define ORDNORM_LINE_PRICE 141

/**
 * Field `line.price_basis` (decimal): the price is for so many units (absent = 1).
 */
#define ORDNORM_LINE_PRICE_BASIS 142

/**
 * Field `line.price_unit` (code): unit of the basis.
 */
#define ORDNORM_LINE_PRICE_UNIT 143

/**
 * Field `line.price_kind` (word): net, gross, list, unknown.
 */
#define ORDNORM_LINE_PRICE_KIND 144

/**
 * Field `line.price_tax_included` (flag): the price includes tax.
 */
#define ORDNORM_LINE_PRICE_TAX_INCL 145

/**
 * Field `line.currency` (code): ISO 4217.
 */
#define ORDNORM_LINE_PRICE_CURRENCY 146

/**
 * Field `line.price_quantity` (decimal): quantity in the unit of the price.
 */
#define ORDNORM_LINE_PRICE_QUANTITY 147

/**
 * Field `line.price_quantity_unit` (code): its unit.
 */
#define ORDNORM_LINE_PRICE_QTY_UNIT 148

/**
 * Field `line.amount` (decimal): declared line total.
 */
#define ORDNORM_LINE_AMOUNT 149

/**
 * Field `line.tax_category` (code): UNTDID 5305.
 */
#define ORDNORM_LINE_TAX_CATEGORY 150

/**
 * Field `line.tax_percent` (decimal): rate in percent.
 */
#define ORDNORM_LINE_TAX_PERCENT 151

/**
 * Field `line.cost_centre` (text): cost centre.
 */
#define ORDNORM_LINE_COST_CENTRE 152

/**
 * Field `line.partial` (flag): partial delivery allowed.
 */
#define ORDNORM_LINE_PARTIAL 153

/**
 * Field `schedule.date` (date): when this part is wanted.
 */
#define ORDNORM_SCHEDULE_DATE 160

/**
 * Field `schedule.quantity` (decimal): in the line's unit.
 */
#define ORDNORM_SCHEDULE_QUANTITY 161

/**
 * Field `schedule.cumulative` (decimal): cumulative quantity.
 */
#define ORDNORM_SCHEDULE_CUMULATIVE 162

/**
 * Field `schedule.location` (text): where to.
 */
#define ORDNORM_SCHEDULE_LOCATION 163

/**
 * Field `schedule.status` (word): firm, forecast, backlog ....
 */
#define ORDNORM_SCHEDULE_STATUS 164

/**
 * Field `received.cumulative` (decimal): cumulative quantity received.
 */
#define ORDNORM_RECEIVED_CUMULATIVE 165

/**
 * Field `received.last_date` (date): last receipt.
 */
#define ORDNORM_RECEIVED_LAST_DATE 166

/**
 * Field `received.delivery_note` (text): its delivery note.
 */
#define ORDNORM_RECEIVED_NOTE 167

/**
 * Code word `order`.
 */
#define ORDNORM_KIND_ORDER 1

/**
 * Code word `change`.
 */
#define ORDNORM_KIND_CHANGE 2

/**
 * Code word `replace`.
 */
#define ORDNORM_KIND_REPLACE 3

/**
 * Code word `cancel`.
 */
#define ORDNORM_KIND_CANCEL 4

/**
 * Code word `schedule`.
 */
#define ORDNORM_KIND_SCHEDULE 5

/**
 * Code word `quote_request`.
 */
#define ORDNORM_KIND_QUOTE_REQUEST 6

/**
 * Code word `cart`.
 */
#define ORDNORM_KIND_CART 7

/**
 * Code word `status_query`.
 */
#define ORDNORM_KIND_STATUS_QUERY 8

/**
 * Code word `not_an_order`.
 */
#define ORDNORM_KIND_NOT_AN_ORDER 9

/**
 * Code word `invoice`.
 */
#define ORDNORM_REASON_INVOICE 20

/**
 * Code word `order_response`.
 */
#define ORDNORM_REASON_ORDER_RESPONSE 21

/**
 * Code word `despatch`.
 */
#define ORDNORM_REASON_DESPATCH 22

/**
 * Code word `catalogue`.
 */
#define ORDNORM_REASON_CATALOGUE 23

/**
 * Code word `delivery_receipt`.
 */
#define ORDNORM_REASON_DELIVERY_RECEIPT 24

/**
 * Code word `own_message`.
 */
#define ORDNORM_REASON_OWN_MESSAGE 25

/**
 * Code word `bot_message`.
 */
#define ORDNORM_REASON_BOT_MESSAGE 26

/**
 * Code word `reaction`.
 */
#define ORDNORM_REASON_REACTION 27

/**
 * Code word `deleted`.
 */
#define ORDNORM_REASON_DELETED 28

/**
 * Code word `greeting`.
 */
#define ORDNORM_REASON_GREETING 29

/**
 * Code word `complaint`.
 */
#define ORDNORM_REASON_COMPLAINT 30

/**
 * Code word `question`.
 */
#define ORDNORM_REASON_QUESTION 31

/**
 * Code word `service_event`.
 */
#define ORDNORM_REASON_SERVICE_EVENT 32

/**
 * Code word `automatic_reply`.
 */
#define ORDNORM_REASON_AUTOMATIC_REPLY 33

/**
 * Code word `advertising`.
 */
#define ORDNORM_REASON_ADVERTISING 34

/**
 * Code word `encrypted`.
 */
#define ORDNORM_REASON_ENCRYPTED 35

/**
 * Code word `unsupported`.
 */
#define ORDNORM_REASON_UNSUPPORTED 36

/**
 * Code word `other`.
 */
#define ORDNORM_REASON_OTHER 37

/**
 * Code word `standard`.
 */
#define ORDNORM_TYPE_STANDARD 50

/**
 * Code word `blanket`.
 */
#define ORDNORM_TYPE_BLANKET 51

/**
 * Code word `call_off`.
 */
#define ORDNORM_TYPE_CALL_OFF 52

/**
 * Code word `rush`.
 */
#define ORDNORM_TYPE_RUSH 53

/**
 * Code word `consignment`.
 */
#define ORDNORM_TYPE_CONSIGNMENT 54

/**
 * Code word `sample`.
 */
#define ORDNORM_TYPE_SAMPLE 55

/**
 * Code word `drop_ship`.
 */
#define ORDNORM_TYPE_DROP_SHIP 56

/**
 * Code word `spare_parts`.
 */
#define ORDNORM_TYPE_SPARE_PARTS 57

/**
 * Code word `duplicate`.
 */
#define ORDNORM_COPY_DUPLICATE 70

/**
 * Code word `copy`.
 */
#define ORDNORM_COPY_COPY 71

/**
 * Code word `resent`.
 */
#define ORDNORM_COPY_RESENT 72

/**
 * Code word `none`.
 */
#define ORDNORM_RESPONSE_NONE 76

/**
 * Code word `acknowledgement`.
 */
#define ORDNORM_RESPONSE_ACKNOWLEDGEMENT 77

/**
 * Code word `full`.
 */
#define ORDNORM_RESPONSE_FULL 78

/**
 * Code word `buyer`.
 */
#define ORDNORM_ROLE_BUYER 80

/**
 * Code word `seller`.
 */
#define ORDNORM_ROLE_SELLER 81

/**
 * Code word `ship_to`.
 */
#define ORDNORM_ROLE_SHIP_TO 82

/**
 * Code word `bill_to`.
 */
#define ORDNORM_ROLE_BILL_TO 83

/**
 * Code word `payer`.
 */
#define ORDNORM_ROLE_PAYER 84

/**
 * Code word `end_customer`.
 */
#define ORDNORM_ROLE_END_CUSTOMER 85

/**
 * Code word `ship_from`.
 */
#define ORDNORM_ROLE_SHIP_FROM 86

/**
 * Code word `carrier`.
 */
#define ORDNORM_ROLE_CARRIER 87

/**
 * Code word `originator`.
 */
#define ORDNORM_ROLE_ORIGINATOR 88

/**
 * Code word `vat`.
 */
#define ORDNORM_SCHEME_VAT 100

/**
 * Code word `assigned_by_buyer`.
 */
#define ORDNORM_SCHEME_ASSIGNED_BY_BUYER 101

/**
 * Code word `assigned_by_seller`.
 */
#define ORDNORM_SCHEME_ASSIGNED_BY_SELLER 102

/**
 * Code word `phone`.
 */
#define ORDNORM_SCHEME_PHONE 103

/**
 * Code word `email`.
 */
#define ORDNORM_SCHEME_EMAIL 104

/**
 * Code word `chat`.
 */
#define ORDNORM_SCHEME_CHAT 105

/**
 * Code word `contract`.
 */
#define ORDNORM_REFERENCE_CONTRACT 120

/**
 * Code word `blanket`.
 */
#define ORDNORM_REFERENCE_BLANKET 121

/**
 * Code word `quotation`.
 */
#define ORDNORM_REFERENCE_QUOTATION 122

/**
 * Code word `project`.
 */
#define ORDNORM_REFERENCE_PROJECT 123

/**
 * Code word `promotion`.
 */
#define ORDNORM_REFERENCE_PROMOTION 124

/**
 * Code word `price_list`.
 */
#define ORDNORM_REFERENCE_PRICE_LIST 125

/**
 * Code word `requisition`.
 */
#define ORDNORM_REFERENCE_REQUISITION 126

/**
 * Code word `tender`.
 */
#define ORDNORM_REFERENCE_TENDER 127

/**
 * Code word `end_customer_order`.
 */
#define ORDNORM_REFERENCE_END_CUSTOMER_ORDER 128

/**
 * Code word `department`.
 */
#define ORDNORM_REFERENCE_DEPARTMENT 129

/**
 * Code word `vendor_number`.
 */
#define ORDNORM_REFERENCE_VENDOR_NUMBER 130

/**
 * Code word `delivery_note`.
 */
#define ORDNORM_REFERENCE_DELIVERY_NOTE 131

/**
 * Code word `release`.
 */
#define ORDNORM_REFERENCE_RELEASE 132

/**
 * Code word `allowance`.
 */
#define ORDNORM_ALLOWANCE_ALLOWANCE 150

/**
 * Code word `charge`.
 */
#define ORDNORM_ALLOWANCE_CHARGE 151

/**
 * Code word `add`.
 */
#define ORDNORM_ACTION_ADD 160

/**
 * Code word `change`.
 */
#define ORDNORM_ACTION_CHANGE 161

/**
 * Code word `delete`.
 */
#define ORDNORM_ACTION_DELETE 162

/**
 * Code word `unchanged`.
 */
#define ORDNORM_ACTION_UNCHANGED 163

/**
 * Code word `net`.
 */
#define ORDNORM_PRICE_NET 170

/**
 * Code word `gross`.
 */
#define ORDNORM_PRICE_GROSS 171

/**
 * Code word `list`.
 */
#define ORDNORM_PRICE_LIST 172

/**
 * Code word `unknown`.
 */
#define ORDNORM_PRICE_UNKNOWN 173

/**
 * Code word `firm`.
 */
#define ORDNORM_STATUS_FIRM 180

/**
 * Code word `forecast`.
 */
#define ORDNORM_STATUS_FORECAST 181

/**
 * Code word `backlog`.
 */
#define ORDNORM_STATUS_BACKLOG 182

/**
 * Code word `immediate`.
 */
#define ORDNORM_STATUS_IMMEDIATE 183

/**
 * Code word `authorise_manufacturing`.
 */
#define ORDNORM_STATUS_AUTHORISE_MANUFACTURING 184

/**
 * Code word `authorise_material`.
 */
#define ORDNORM_STATUS_AUTHORISE_MATERIAL 185

/**
 * Code word `accepted`.
 */
#define ORDNORM_VERDICT_ACCEPTED 200

/**
 * Code word `review`.
 */
#define ORDNORM_VERDICT_REVIEW 201

/**
 * Code word `rejected`.
 */
#define ORDNORM_VERDICT_REJECTED 202

/**
 * Code word `not_an_order`.
 */
#define ORDNORM_VERDICT_NOT_AN_ORDER 203

/**
 * Finding `short_record` (error): a record has fewer fields than its channel needs.
 */
#define ORDNORM_FOUND_SHORT_RECORD 1

/**
 * Finding `long_record` (error): a record has more fields than its header.
 */
#define ORDNORM_FOUND_LONG_RECORD 2

/**
 * Finding `unknown_code` (info): a code that the channel does not know; it is kept as written.
 */
#define ORDNORM_FOUND_UNKNOWN_CODE 3

/**
 * Finding `defaulted` (info): the value is absent in the message; the channel's default was taken.
 */
#define ORDNORM_FOUND_DEFAULTED 4

/**
 * Finding `ambiguous_decimal` (error): two readings of a number; the value is absent.
 */
#define ORDNORM_FOUND_AMBIGUOUS_DECIMAL 5

/**
 * Finding `ambiguous_date` (error): two readings of a date; the value is absent.
 */
#define ORDNORM_FOUND_AMBIGUOUS_DATE 6

/**
 * Finding `invalid_date` (error): not a date in its declared format; the value is absent.
 */
#define ORDNORM_FOUND_INVALID_DATE 7

/**
 * Finding `invalid_number` (error): not a number in its declared format; the value is absent.
 */
#define ORDNORM_FOUND_INVALID_NUMBER 8

/**
 * Finding `lossy_identifier` (error): a spreadsheet has turned an identifier into a rounded number.
 */
#define ORDNORM_FOUND_LOSSY_IDENTIFIER 9

/**
 * Finding `bad_check_digit` (warning): the check digit of an identifier is wrong; it is kept.
 */
#define ORDNORM_FOUND_BAD_CHECK_DIGIT 10

/**
 * Finding `repeated_value` (info): the same value stands here twice.
 */
#define ORDNORM_FOUND_REPEATED_VALUE 11

/**
 * Finding `missing_required` (error): a required value is absent.
 */
#define ORDNORM_FOUND_MISSING_REQUIRED 12

/**
 * Finding `count_mismatch` (error): a declared count differs from what was read.
 */
#define ORDNORM_FOUND_COUNT_MISMATCH 13

/**
 * Finding `total_mismatch` (error): a declared total differs from what was read.
 */
#define ORDNORM_FOUND_TOTAL_MISMATCH 14

/**
 * Finding `reference_mismatch` (error): two control references that must agree differ.
 */
#define ORDNORM_FOUND_REFERENCE_MISMATCH 15

/**
 * Finding `unknown_unit` (warning): a unit that is neither a UNECE code nor a known word.
 */
#define ORDNORM_FOUND_UNKNOWN_UNIT 16

/**
 * Finding `charset_guessed` (warning): the declared character set cannot be right; it was told from the bytes.
 */
#define ORDNORM_FOUND_CHARSET_GUESSED 17

/**
 * Finding `charset_mismatch` (warning): bytes that the declared character set does not have were replaced.
 */
#define ORDNORM_FOUND_CHARSET_MISMATCH 18

/**
 * Finding `truncated` (error): the message ends before its end mark.
 */
#define ORDNORM_FOUND_TRUNCATED 19

/**
 * Finding `unterminated` (warning): an end mark is missing.
 */
#define ORDNORM_FOUND_UNTERMINATED 20

/**
 * Finding `repaired_value` (warning): a value was repaired.
 */
#define ORDNORM_FOUND_REPAIRED_VALUE 21

/**
 * Finding `malformed` (error): the notation is broken here.
 */
#define ORDNORM_FOUND_MALFORMED 22

/**
 * Finding `unmapped_content` (error): content about a quantity, price, date, party, line or allowance that no rule used.
 */
#define ORDNORM_FOUND_UNMAPPED_CONTENT 23

/**
 * Finding `late_value` (warning): a value came behind the record it belongs to.
 */
#define ORDNORM_FOUND_LATE_VALUE 24

/**
 * Finding `split_order` (error): the records of one order are not adjacent.
 */
#define ORDNORM_FOUND_SPLIT_ORDER 25

/**
 * Finding `test_message` (info): the sender marks the message as a test.
 */
#define ORDNORM_FOUND_TEST_MESSAGE 26

/**
 * Finding `duplicate_message` (warning): an order of this number and kind was read before in the same input.
 */
#define ORDNORM_FOUND_DUPLICATE_MESSAGE 27

/**
 * Finding `conflicting_values` (error): two different values where one is allowed; the first is kept.
 */
#define ORDNORM_FOUND_CONFLICTING_VALUES 28

/**
 * Finding `refused_construct` (error): a construct that is refused (DTD, entity, nesting beyond the limit).
 */
#define ORDNORM_FOUND_REFUSED_CONSTRUCT 29

/**
 * Finding `low_confidence` (warning): a value is below the caller's confidence.
 */
#define ORDNORM_FOUND_LOW_CONFIDENCE 30

/**
 * Finding `personal_data_withheld` (info): a privacy policy has withheld personal data.
 */
#define ORDNORM_FOUND_PERSONAL_DATA_WITHHELD 31

/**
 * Finding `unsupported_content` (error): content that cannot be read may hold the order.
 */
#define ORDNORM_FOUND_UNSUPPORTED_CONTENT 32

/**
 * Finding `capacity_exceeded` (error): a named limit was reached here.
 */
#define ORDNORM_FOUND_CAPACITY_EXCEEDED 33

/**
 * Finding `no_envelope` (info): the message stands without its interchange envelope.
 */
#define ORDNORM_FOUND_NO_ENVELOPE 34

/**
 * Finding `skipped_bytes` (info): bytes that belong to no record were read over.
 */
#define ORDNORM_FOUND_SKIPPED_BYTES 35

/**
 * Finding `unsupported_charset` (warning): the declared character set is not supported; ASCII was read.
 */
#define ORDNORM_FOUND_UNSUPPORTED_CHARSET 36

/**
 * Finding `syntax_deviation` (info): a deviation from the notation that harms nothing.
 */
#define ORDNORM_FOUND_SYNTAX_DEVIATION 37

/**
 * Finding `unknown_version` (info): a version of the message type that is not known; it was read all the same.
 */
#define ORDNORM_FOUND_UNKNOWN_VERSION 38

/**
 * Finding `unknown_identifier` (warning): an identifier that does not have the form of its scheme; it is kept.
 */
#define ORDNORM_FOUND_UNKNOWN_IDENTIFIER 39

/**
 * Finding `implausible_value` (warning): a quantity or basis of nothing or less, or a price below nothing, where something is ordered.
 */
#define ORDNORM_FOUND_IMPLAUSIBLE_VALUE 41

/**
 * Finding `loaded_channel` (info): a loaded channel was taken before a built-in one that fits as well.
 */
#define ORDNORM_FOUND_LOADED_CHANNEL 42

/**
 * One column of `ordnorm_bind`.
 */
typedef struct ordnorm_column {
    /**
     * Which record it comes from: ORDNORM_OF_RECORD ...
     */
    uint32_t record;
    /**
     * The role of the party, for ORDNORM_OF_PARTY and ORDNORM_OF_LINE_PARTY, else 0.
     */
    uint32_t role;
    /**
     * The field: ORDNORM_LINE_QUANTITY ...
     */
    uint32_t field;
    /**
     * The scheme, type or kind that it must have, as with `ordnorm_select`; 0 = any.
     */
    uint32_t selector;
    /**
     * Which value of the field, from 1; 0 is taken as 1.
     */
    uint32_t nth;
    /**
     * What is written: ORDNORM_AS_I32 ...
     */
    uint32_t form;
    /**
     * Where in the target, in bytes (`offsetof`).
     */
    uint32_t offset;
    /**
     * How many bytes there (`sizeof`).
     */
    uint32_t capacity;
    /**
     * Digits of a packed or zoned number, 1 to 18.
     */
    uint32_t digits;
    /**
     * Places behind the decimal mark, 0 to 18.
     */
    uint32_t scale;
    /**
     * Where in the target a 4-byte indicator ORDNORM_BOUND_... goes; ORDNORM_NO_INDICATOR: nowhere.
     */
    uint32_t indicator;
} ordnorm_column;

/**
 * Bytes that a state needs.
 *
 * `features` is reserved: 0. The size is at most `ORDNORM_STATE_BYTES`.
 *
 * Memory: none.
 * NULL: nothing can be NULL.
 * Threads: any.
 * Errors: none; it returns a size, not a status.
 * Since: 1
 */
uint32_t ordnorm_state_size(uint32_t features);

/**
 * Makes a state out of bytes; the macro `ORDNORM_INIT` passes size and version.
 *
 * Memory: `state` is `state_size` bytes of the caller's, aligned to 8; it must not be moved afterwards.
 * It needs no end: it holds nothing but bytes.
 * NULL: `state` must not be NULL.
 * Threads: one thread at a time for each state.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_VERSION, ORDNORM_ERROR_STATE_SIZE
 * Since: 1
 */
uint32_t ordnorm_init(uint8_t *state,
                      uint32_t state_size,
                      uint32_t abi_version);

/**
 * Sets an option that is a number.
 *
 * It holds for messages that are opened afterwards, until it is set again.
 *
 * Memory: `state` as with `ordnorm_init`.
 * NULL: `state` must not be NULL.
 * Threads: one thread at a time for each state.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_OPTION
 * Since: 1
 */
uint32_t ordnorm_set_number(uint8_t *state, uint32_t option, uint32_t value);

/**
 * Sets an option that is bytes.
 *
 * It holds for messages that are opened afterwards, until it is set again.
 *
 * Memory: the bytes are not copied: they must stay as they are while a message is read, and the block
 * of channels as long as orders that were read with it are used.
 * NULL: `state` must not be NULL; `bytes` only with length 0.
 * Threads: one thread at a time for each state; a block of channels may serve several states.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_OPTION,
 * ORDNORM_ERROR_UTF8
 * Since: 1
 */
uint32_t ordnorm_set_bytes(uint8_t *state,
                           uint32_t option,
                           const uint8_t *bytes,
                           uint32_t length);

/**
 * Opens a message.
 *
 * What was open before is forgotten. `base` is the offset of `message` in the whole input and `last`
 * says that it ends here: this version takes whole messages, so that `base` is NULL or points to 0 and
 * `last` is 1.
 *
 * Memory: `message` must stay as it is while it is read and while orders of it are used. `work` is
 * `work_size` bytes of the caller's, aligned to 8, at least `ORDNORM_LEAST_WORK`; it belongs to the
 * state until another message is opened. More work never changes what is read without it; less of it
 * hands records out in parts, or leaves a text out with a finding.
 * NULL: `state` and `work` must not be NULL; `message` only with length 0; `base` may be NULL.
 * Threads: one thread at a time for each state.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_LAST,
 * ORDNORM_ERROR_WORK, ORDNORM_MORE_SCRATCH (a UTF-16 message, which is turned into UTF-8 in the work:
 * open it again with more), ORDNORM_ERROR_EMPTY, ORDNORM_ERROR_NOT_RECOGNISED, ORDNORM_ERROR_AMBIGUOUS,
 * ORDNORM_ERROR_UNKNOWN_CHANNEL, ORDNORM_ERROR_MALFORMED
 * Since: 1
 */
uint32_t ordnorm_open(uint8_t *state,
                      const uint8_t *message,
                      uint32_t length,
                      const uint64_t *base,
                      uint32_t last,
                      uint8_t *work,
                      uint32_t work_size);

/**
 * Goes on to the next event of the open message: an order begins (ORDNORM_BEGIN), a record is ready
 * (ORDNORM_RECORD), an order ends (ORDNORM_VERDICT), the message has been read (ORDNORM_END).
 *
 * The records of an order are provisional until its verdict. What the functions show of a state (its
 * record, findings, verdict) holds until the next call. Behind a document that no channel recognises
 * (ORDNORM_ERROR_NOT_RECOGNISED) the next call goes on.
 *
 * Memory: `state` as with `ordnorm_init`.
 * NULL: `state` must not be NULL.
 * Threads: one thread at a time for each state.
 * Errors: never ORDNORM_OK, but the states above, ORDNORM_NOTES, and ORDNORM_ERROR_NULL,
 * ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN, ORDNORM_ERROR_NOT_RECOGNISED,
 * ORDNORM_ERROR_AMBIGUOUS, ORDNORM_ERROR_UNKNOWN_CHANNEL, ORDNORM_ERROR_MALFORMED
 * Since: 1
 */
uint32_t ordnorm_next(uint8_t *state);

/**
 * The byte of the message at which the last error stands.
 *
 * Memory: `at` is the caller's.
 * NULL: nothing may be NULL.
 * Threads: one thread at a time for each state.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
 * Since: 1
 */
uint32_t ordnorm_error_at(uint8_t *state, uint32_t *at);

/**
 * Which channel reads a message: its number, for `ordnorm_channel_name`.
 *
 * The first order of the message decides. Afterwards no message is open.
 *
 * Memory: as with `ordnorm_open`; nothing is kept.
 * NULL: as with `ordnorm_open`; `channel` must not be NULL.
 * Threads: one thread at a time for each state.
 * Errors: as with `ordnorm_open` and `ordnorm_next`
 * Since: 1
 */
uint32_t ordnorm_detect(uint8_t *state,
                        const uint8_t *message,
                        uint32_t length,
                        uint8_t *work,
                        uint32_t work_size,
                        uint32_t *channel);

/**
 * Reads the next order as a whole; ORDNORM_END when the message has no further one.
 *
 * Look at `ordnorm_verdict` first: only an accepted order may be booked unseen. When the order does
 * not fit, ORDNORM_OUTPUT_FULL and its size are given, and the next call reads the same order again;
 * `order_size` 0 asks for the size. Either goes through the message from its begin: give room for most
 * orders, and more than asked for when it was too small, or a message of many orders takes its time
 * for each of them. Anything but ORDNORM_OK and ORDNORM_OUTPUT_FULL ends the loop, and only ORDNORM_END
 * says that all orders have been read; behind a document that no channel recognises
 * (ORDNORM_ERROR_NOT_RECOGNISED) the next call goes on.
 *
 * Memory: `order` is `order_size` bytes of the caller's, aligned to 8; it must not be moved or copied
 * while it is used, and what stood there before is lost. The message and loaded channels must stay as
 * long. About 400 bytes a line, and 2 KB, hold most orders.
 * NULL: `state` and `needed` must not be NULL; `order` only with size 0.
 * Threads: one thread at a time for each state; a collected order may be looked at by many.
 * Errors: ORDNORM_END, ORDNORM_OUTPUT_FULL, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT,
 * ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN, ORDNORM_ERROR_NOT_RECOGNISED,
 * ORDNORM_ERROR_AMBIGUOUS, ORDNORM_ERROR_UNKNOWN_CHANNEL, ORDNORM_ERROR_MALFORMED,
 * ORDNORM_ERROR_ORDER_SIZE, ORDNORM_ERROR_EMPTY, ORDNORM_MORE_SCRATCH, ORDNORM_ERROR_INSIDE,
 * ORDNORM_ERROR_OVERLAP (with the state or its work)
 * Since: 1
 */
uint32_t ordnorm_read(uint8_t *state,
                      uint8_t *order,
                      uint32_t order_size,
                      uint32_t *needed);

/**
 * How many lines an order has; with a state at ORDNORM_VERDICT: had.
 *
 * Memory: `order` is an order of `ordnorm_read`, or a state at ORDNORM_VERDICT.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_RECORD
 * Since: 1
 */
uint32_t ordnorm_line_count(const uint8_t *order, uint32_t *count);

/**
 * The record of a party: the `index`th (from 1) of the document (`line` 0) or of a line.
 *
 * The record number goes wherever a line number goes, as `record`.
 *
 * Memory: `order` is an order of `ordnorm_read`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
 * Since: 1
 */
uint32_t ordnorm_party(const uint8_t *order, uint32_t line, uint32_t index, uint32_t *record);

/**
 * The record of the first party of a role (`ORDNORM_ROLE_BUYER` ..., or `ORDNORM_CODE` of a code as
 * written) of the document (`line` 0) or of a line.
 *
 * A line without such a party of its own has none here: the document's party is not taken for it.
 *
 * Memory: `order` is an order of `ordnorm_read`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
 * Since: 1
 */
uint32_t ordnorm_party_by_role(const uint8_t *order,
                               uint32_t line,
                               uint32_t role,
                               uint32_t *record);

/**
 * Writes an order as canonical JSON, UTF-8, without a NUL at its end.
 *
 * `flags` is 0 or ORDNORM_JSON_PROVENANCE.
 *
 * Memory: `order` is an order of `ordnorm_read`; `buffer` has `capacity` bytes.
 * NULL: `buffer` only with capacity 0, which asks for the size.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_OUTPUT_FULL, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE,
 * ORDNORM_ERROR_NUMBER
 * Since: 1
 */
uint32_t ordnorm_to_json(const uint8_t *order,
                         uint32_t flags,
                         uint8_t *buffer,
                         uint32_t capacity,
                         uint32_t *needed);

/**
 * What the current record of a state is: its kind ORDNORM_RECORD_..., its line (of a party: the line that
 * it belongs to, 0 = the document), and `partial` 1 where more of the same record follows.
 *
 * Memory: `state` is a state at ORDNORM_RECORD.
 * NULL: nothing may be NULL.
 * Threads: one thread at a time for each state.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN,
 * ORDNORM_ERROR_RECORD
 * Since: 1
 */
uint32_t ordnorm_record(const uint8_t *state,
                        uint32_t *kind,
                        uint32_t *line,
                        uint32_t *partial);

/**
 * What may be done with an order: ORDNORM_VERDICT_ACCEPTED (book it), _REVIEW (a person must look),
 * _REJECTED, _NOT_AN_ORDER. Finding 0 is the one that decided, if it was one.
 *
 * Memory: `order` is an order of `ordnorm_read`, or a state at ORDNORM_VERDICT.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN,
 * ORDNORM_ERROR_RECORD
 * Since: 1
 */
uint32_t ordnorm_verdict(const uint8_t *order,
                         uint32_t *verdict);

/**
 * How much of the message was not used: content that no rule knows, and content that the channel lists
 * as of no use to an order.
 *
 * Memory: as with `ordnorm_verdict`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: as with `ordnorm_verdict`
 * Since: 1
 */
uint32_t ordnorm_unmapped(const uint8_t *order,
                          uint32_t *unknown,
                          uint32_t *ignored);

/**
 * How many findings there are: of an order all, of a state those of the last step.
 *
 * Memory: `order` is an order of `ordnorm_read`, or a state with an open message.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN
 * Since: 1
 */
uint32_t ordnorm_finding_count(const uint8_t *order, uint32_t *count);

/**
 * A finding: its code ORDNORM_FOUND_..., severity ORDNORM_SEVERITY_..., field (0 = none, ORDNORM_LINES = the
 * lines as a whole) and line (0 = the document).
 *
 * `index` counts from 1; 0 is the finding that decided the verdict.
 *
 * Memory: as with `ordnorm_finding_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE,
 * ORDNORM_ERROR_NOT_OPEN, ORDNORM_ERROR_RECORD
 * Since: 1
 */
uint32_t ordnorm_finding(const uint8_t *order,
                         uint32_t index,
                         uint32_t *code,
                         uint32_t *severity,
                         uint32_t *field,
                         uint32_t *line);

/**
 * Where in the message a finding stands, in bytes.
 *
 * Memory: as with `ordnorm_finding_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: as with `ordnorm_finding`
 * Since: 1
 */
uint32_t ordnorm_finding_place(const uint8_t *order,
                               uint32_t index,
                               uint32_t *at,
                               uint32_t *length);

/**
 * The name of the channel that read an order, or reads the open message.
 *
 * Memory: as with `ordnorm_finding_count`; the name lives as long as the channel and does not end with
 * NUL.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN
 * Since: 1
 */
uint32_t ordnorm_channel(const uint8_t *order,
                         const uint8_t **name,
                         uint32_t *length);

/**
 * How many channels a state reads with: the loaded and the built-in ones.
 *
 * Memory: `state` as with `ordnorm_init`.
 * NULL: nothing may be NULL.
 * Threads: one thread at a time for each state.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
 * Since: 1
 */
uint32_t ordnorm_channel_count(uint8_t *state, uint32_t *count);

/**
 * The name of a channel by its number, from 0; loaded channels come first.
 *
 * Memory: `state` as with `ordnorm_init`; the name lives as long as the channel and does not end with
 * NUL.
 * NULL: nothing may be NULL.
 * Threads: one thread at a time for each state.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NUMBER
 * Since: 1
 */
uint32_t ordnorm_channel_name(uint8_t *state,
                              uint32_t number,
                              const uint8_t **name,
                              uint32_t *length);

/**
 * The version of the ABI that the library has; a program compares it with ORDNORM_ABI_VERSION.
 *
 * Memory: none.
 * NULL: nothing can be NULL.
 * Threads: any.
 * Errors: none; it returns a version, not a status.
 * Since: 1
 */
uint32_t ordnorm_abi_version(void);

/**
 * The version of the library, `0.1.0`.
 *
 * Memory: the text lives for ever and does not end with NUL.
 * NULL: nothing may be NULL.
 * Threads: any.
 * Errors: ORDNORM_ERROR_NULL
 * Since: 1
 */
uint32_t ordnorm_version(const uint8_t **text, uint32_t *length);

/**
 * How many values of a field a record has; of field ORDNORM_ANY_FIELD: how many values.
 *
 * Values of a repeated group (references, notes, allowances, prices, schedules ...) are numbered by the
 * instance of the group, so that those of one instance have the same number: then this is the highest
 * number, and some of the numbers may be ORDNORM_ABSENT.
 *
 * Memory: `order` is an order of `ordnorm_read`, or a state at ORDNORM_RECORD with record 0.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN,
 * ORDNORM_ERROR_RECORD, ORDNORM_ERROR_NUMBER
 * Since: 1
 */
uint32_t ordnorm_count(const uint8_t *order,
                       uint32_t record,
                       uint32_t field,
                       uint32_t *count);

/**
 * What the `index`th value of a record is (from 1, in the order of the message): its field, its number
 * there, and its type (`ORDNORM_VALUE_TEXT` ...).
 *
 * The getters give the value with field ORDNORM_ANY_FIELD and `index` as `nth`.
 *
 * Memory: as with `ordnorm_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT behind the last value, and as with `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_entry(const uint8_t *order,
                       uint32_t record,
                       uint32_t index,
                       uint32_t *field,
                       uint32_t *nth,
                       uint32_t *value_type);

/**
 * Which number the `nth` value of a field has whose scheme, type, kind or status is `selector`: the id
 * of scheme `ORDNORM_CODE('0','0','8','8')` (a GLN), the reference of type ORDNORM_REFERENCE_CONTRACT,
 * the price of kind ORDNORM_PRICE_NET.
 *
 * Memory: as with `ordnorm_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, and as with `ordnorm_count`; ORDNORM_ERROR_NUMBER where the field has no such
 * companion
 * Since: 1
 */
uint32_t ordnorm_select(const uint8_t *order,
                        uint32_t record,
                        uint32_t field,
                        uint32_t selector,
                        uint32_t nth,
                        uint32_t *found);

/**
 * A decimal: `mantissa / 10^scale`, the scale as it was written (`5.00` is 500 and 2). Counts and flags
 * are decimals too.
 *
 * Memory: as with `ordnorm_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_get_decimal(const uint8_t *order,
                             uint32_t record,
                             uint32_t field,
                             uint32_t nth,
                             int64_t *mantissa,
                             uint32_t *scale);

/**
 * A decimal as a whole number of units of `10^-scale` (0 to 18): 22.50 at scale 4 is 225000. Nothing is
 * rounded.
 *
 * Memory: as with `ordnorm_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, ORDNORM_ERROR_WOULD_ROUND, ORDNORM_ERROR_RANGE, and as with
 * `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_get_scaled(const uint8_t *order,
                            uint32_t record,
                            uint32_t field,
                            uint32_t nth,
                            uint32_t scale,
                            int64_t *number);

/**
 * A date: `day` is YYYYMMDD as a number, `time` hhmmss, `precision` ORDNORM_PRECISION_..., which says how
 * much of both is known, `offset` minutes east of UTC or ORDNORM_NO_OFFSET.
 *
 * Memory: as with `ordnorm_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_get_date(const uint8_t *order,
                          uint32_t record,
                          uint32_t field,
                          uint32_t nth,
                          uint32_t *day,
                          uint32_t *time,
                          uint32_t *precision,
                          int32_t *offset);

/**
 * A code: the number of a word (`ORDNORM_ROLE_BUYER` ...), or, as written, up to four characters as with
 * `ORDNORM_CODE('E','U','R',0)`; 0 where it is longer, which `ordnorm_get_text` gives.
 *
 * Memory: as with `ordnorm_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_get_code(const uint8_t *order,
                          uint32_t record,
                          uint32_t field,
                          uint32_t nth,
                          uint32_t *code);

/**
 * A count.
 *
 * Memory: as with `ordnorm_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, ORDNORM_ERROR_RANGE, and as with `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_get_count(const uint8_t *order,
                           uint32_t record,
                           uint32_t field,
                           uint32_t nth,
                           uint32_t *count);

/**
 * A flag: 0 or 1.
 *
 * Memory: as with `ordnorm_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_get_flag(const uint8_t *order,
                          uint32_t record,
                          uint32_t field,
                          uint32_t nth,
                          uint32_t *flag);

/**
 * A value of any type as text: UTF-8, without a NUL at its end, written as in the canonical JSON.
 *
 * Memory: as with `ordnorm_count`; `buffer` has `capacity` bytes.
 * NULL: `buffer` only with capacity 0, which asks for the size.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_OUTPUT_FULL, ORDNORM_ABSENT, and as with `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_get_text(const uint8_t *order,
                          uint32_t record,
                          uint32_t field,
                          uint32_t nth,
                          uint8_t *buffer,
                          uint32_t capacity,
                          uint32_t *needed);

/**
 * A piece of a text without copying: most texts are one piece, and stand in the message.
 *
 * `piece` counts from 1; between two pieces belongs what `ordnorm_get_text` puts there.
 *
 * Memory: as with `ordnorm_count`; the bytes live as long as the message and the order, with a state
 * until the next `ordnorm_next`. They do not end with NUL.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT behind the last piece, ORDNORM_ERROR_TYPE, and as with `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_text(const uint8_t *order,
                      uint32_t record,
                      uint32_t field,
                      uint32_t nth,
                      uint32_t piece,
                      const uint8_t **text,
                      uint32_t *length);

/**
 * Where a value comes from: its bytes in the message (`length` 0: it does not stand there), its origin
 * ORDNORM_ORIGIN_..., and its confidence, 0 to 100.
 *
 * Memory: as with `ordnorm_count`.
 * NULL: nothing may be NULL.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ABSENT, and as with `ordnorm_count`
 * Since: 1
 */
uint32_t ordnorm_place(const uint8_t *order,
                       uint32_t record,
                       uint32_t field,
                       uint32_t nth,
                       uint32_t *at,
                       uint32_t *length,
                       uint32_t *origin,
                       uint32_t *confidence);

/**
 * Fills the caller's own struct, copybook or record from one record of an order.
 *
 * `record` is 0 for the document, 1 ... for a line, or a party's record. `columns` has `count` columns of
 * `column_size` bytes (`sizeof (ordnorm_column)`). Every column is written: what is absent, would have
 * to be rounded or does not fit is zero or blank, and its indicator says so. `flawed` is the number of
 * columns whose indicator is neither ORDNORM_BOUND_OK nor ORDNORM_BOUND_ABSENT: look at it.
 *
 * Memory: `order` is an order of `ordnorm_read`, or a state at ORDNORM_RECORD with record 0 and columns of
 * ORDNORM_OF_RECORD; `target` is `target_size` bytes of the caller's, of any alignment.
 * NULL: nothing may be NULL; `columns` only with count 0, `target` only with size 0.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_NOT_OPEN,
 * ORDNORM_ERROR_RECORD, ORDNORM_ERROR_NUMBER, ORDNORM_ERROR_COLUMN_SIZE, ORDNORM_ERROR_COLUMN_PLACE,
 * ORDNORM_ERROR_COLUMN_FORM, ORDNORM_ERROR_COLUMN_RECORD; with an error nothing is written.
 * Since: 1
 */
uint32_t ordnorm_bind(const uint8_t *order,
                      uint32_t record,
                      const struct ordnorm_column *columns,
                      uint32_t count,
                      uint32_t column_size,
                      uint8_t *target,
                      uint32_t target_size,
                      uint32_t *flawed);

/**
 * Makes a block for channels out of bytes.
 *
 * Memory: `channels` is `size` bytes of the caller's, aligned to 8, which must not be moved afterwards;
 * ORDNORM_GOOD_CHANNELS bytes are enough for most channels, 60000 for a small one. A compiled channel
 * takes a few kilobytes of it, but compiling needs room here, so that it needs little on the stack.
 * NULL: `channels` must not be NULL.
 * Threads: one thread at a time while channels are added, any number afterwards.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_CHANNEL_SIZE
 * Since: 1
 */
uint32_t ordnorm_channels_init(uint8_t *channels,
                               uint32_t size);

/**
 * Compiles the text of a channel into a block; its name is the one that the text gives it.
 *
 * The text is not needed afterwards. Give the block to a state with ORDNORM_OPTION_CHANNELS, again
 * after each channel that is added. A channel may extend a built-in one.
 *
 * Memory: `channels` is a block of `ordnorm_channels_init`.
 * NULL: `channels` must not be NULL; `text` only with length 0.
 * Threads: one thread at a time for each block, and no state may read with it meanwhile.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE, ORDNORM_ERROR_UTF8, and
 * ORDNORM_ERROR_CHANNEL_..., which `ordnorm_channel_error` explains
 * Since: 1
 */
uint32_t ordnorm_channel_compile(uint8_t *channels,
                                 const uint8_t *text,
                                 uint32_t length);

/**
 * What was wrong with the last text: its line and column (in bytes), both from 1, and a sentence that
 * says what was expected and the nearest known name.
 *
 * Memory: `channels` is a block of `ordnorm_channels_init`; `buffer` has `capacity` bytes.
 * NULL: `buffer` only with capacity 0, which asks for the size.
 * Threads: one thread at a time for each block.
 * Errors: ORDNORM_OUTPUT_FULL, ORDNORM_ABSENT when nothing was wrong, ORDNORM_ERROR_NULL,
 * ORDNORM_ERROR_ALIGNMENT, ORDNORM_ERROR_HANDLE
 * Since: 1
 */
uint32_t ordnorm_channel_error(uint8_t *channels,
                               uint32_t *line,
                               uint32_t *column,
                               uint8_t *buffer,
                               uint32_t capacity,
                               uint32_t *needed);

/**
 * A status in words.
 *
 * Memory: the text lives for ever and does not end with NUL.
 * NULL: nothing may be NULL.
 * Threads: any.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER
 * Since: 1
 */
uint32_t ordnorm_status_text(uint32_t status, const uint8_t **text, uint32_t *length);

/**
 * The name of a field (`line.quantity`), as channels write it.
 *
 * Memory: the text lives for ever and does not end with NUL.
 * NULL: nothing may be NULL.
 * Threads: any.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER
 * Since: 1
 */
uint32_t ordnorm_field_name(uint32_t field, const uint8_t **text, uint32_t *length);

/**
 * The number of a field by its name.
 *
 * Memory: `text` is `length` bytes.
 * NULL: `text` only with length 0; `field` must not be NULL.
 * Threads: any.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER
 * Since: 1
 */
uint32_t ordnorm_field_number(const uint8_t *text, uint32_t length, uint32_t *field);

/**
 * A code word (`buyer`) of its number, as `ordnorm_get_code` and `ordnorm_verdict` give it.
 *
 * Memory: the text lives for ever and does not end with NUL.
 * NULL: nothing may be NULL.
 * Threads: any.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER (codes as written too: their characters are in them)
 * Since: 1
 */
uint32_t ordnorm_code_text(uint32_t code,
                           const uint8_t **text,
                           uint32_t *length);

/**
 * The name of a finding code (`count_mismatch`).
 *
 * Memory: the text lives for ever and does not end with NUL.
 * NULL: nothing may be NULL.
 * Threads: any.
 * Errors: ORDNORM_ERROR_NULL, ORDNORM_ERROR_NUMBER
 * Since: 1
 */
uint32_t ordnorm_finding_name(uint32_t code, const uint8_t **text, uint32_t *length);

/**
 * A finding in a sentence, with its field, line and values, for a log or a clerk.
 *
 * Memory: as with `ordnorm_finding_count`; `buffer` has `capacity` bytes.
 * NULL: `buffer` only with capacity 0, which asks for the size.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_OUTPUT_FULL, and as with `ordnorm_finding`
 * Since: 1
 */
uint32_t ordnorm_finding_text(const uint8_t *order,
                              uint32_t index,
                              uint8_t *buffer,
                              uint32_t capacity,
                              uint32_t *needed);

/**
 * A value that a finding shows: ORDNORM_SHOWN_EXPECTED or ORDNORM_SHOWN_FOUND.
 *
 * What was found quotes at most 80 bytes of the message; bytes that are not UTF-8 are shown as U+FFFD.
 *
 * Memory: as with `ordnorm_finding_text`.
 * NULL: as with `ordnorm_finding_text`.
 * Threads: any number may look at one order.
 * Errors: ORDNORM_OUTPUT_FULL, ORDNORM_ABSENT, ORDNORM_ERROR_NUMBER, and as with `ordnorm_finding`
 * Since: 1
 */
uint32_t ordnorm_finding_value(const uint8_t *order,
                               uint32_t index,
                               uint32_t which,
                               uint8_t *buffer,
                               uint32_t capacity,
                               uint32_t *needed);

/* A state with headroom for later versions; where memory is dear, ordnorm_state_size bytes do. */
typedef union ordnorm_state {
    uint8_t bytes[ORDNORM_STATE_BYTES];
    uint64_t alignment;
} ordnorm_state;

#ifdef __cplusplus
}
#endif

#endif /* ORDNORM_H */
