// Generated from core/vocabulary.tsv, core/words.tsv and core/findings.tsv.
// Change those and run: cargo run -p ordnorm-generate
#![cfg_attr(rustfmt, rustfmt_skip)]

/// Field `order.kind` (word): what the document asks for.
pub const ORDNORM_ORDER_KIND: u32 = 1;
/// Field `order.reason` (word): why it is not an order.
pub const ORDNORM_ORDER_REASON: u32 = 2;
/// Field `order.type` (word): standard, blanket, call-off …, else UNTDID 1001 as written.
pub const ORDNORM_ORDER_TYPE: u32 = 3;
/// Field `order.copy` (word): duplicate, copy or resent, as the sender declares it.
pub const ORDNORM_ORDER_COPY: u32 = 4;
/// Field `order.number` (text): the number that this document gives itself.
pub const ORDNORM_ORDER_NUMBER: u32 = 5;
/// Field `order.revision` (text): change or version number.
pub const ORDNORM_ORDER_REVISION: u32 = 6;
/// Field `order.previous_number` (text): the order that this one changes, replaces or cancels.
pub const ORDNORM_ORDER_PREVIOUS_NUMBER: u32 = 7;
/// Field `order.other_number` (text): a further number of the same document.
pub const ORDNORM_ORDER_OTHER_NUMBER: u32 = 8;
/// Field `order.seller_number` (text): the seller's number for it.
pub const ORDNORM_ORDER_SELLER_NUMBER: u32 = 9;
/// Field `order.issued` (date): when the buyer issued it.
pub const ORDNORM_ORDER_ISSUED: u32 = 10;
/// Field `order.valid_until` (date): end of validity of the document.
pub const ORDNORM_ORDER_VALID_UNTIL: u32 = 11;
/// Field `order.currency` (code): ISO 4217.
pub const ORDNORM_ORDER_CURRENCY: u32 = 12;
/// Field `order.language` (code): ISO 639-1.
pub const ORDNORM_ORDER_LANGUAGE: u32 = 13;
/// Field `order.buyer_reference` (text): EN 16931 BT-10.
pub const ORDNORM_ORDER_BUYER_REFERENCE: u32 = 14;
/// Field `order.cost_centre` (text): UBL AccountingCost.
pub const ORDNORM_ORDER_COST_CENTRE: u32 = 15;
/// Field `order.response_requested` (word): none, acknowledgement or full.
pub const ORDNORM_ORDER_RESPONSE: u32 = 16;
/// Field `message.id` (text): UNH 0062, ST02, DOCNUM, Message-ID, wamid.
pub const ORDNORM_MESSAGE_ID: u32 = 20;
/// Field `message.interchange` (text): UNB 0020, ISA13.
pub const ORDNORM_MESSAGE_INTERCHANGE: u32 = 21;
/// Field `message.sender` (text): envelope address of the sender.
pub const ORDNORM_MESSAGE_SENDER: u32 = 22;
/// Field `message.recipient` (text): envelope address of the recipient.
pub const ORDNORM_MESSAGE_RECIPIENT: u32 = 23;
/// Field `message.sent` (date): envelope or message time.
pub const ORDNORM_MESSAGE_SENT: u32 = 24;
/// Field `message.test` (flag): the sender marks it as a test.
pub const ORDNORM_MESSAGE_TEST: u32 = 25;
/// Field `message.reply_to` (text): the message it answers, edits or revokes.
pub const ORDNORM_MESSAGE_REPLY_TO: u32 = 26;
/// Field `message.subject` (text): subject of a mail.
pub const ORDNORM_MESSAGE_SUBJECT: u32 = 27;
/// Field `carrier.channel` (text): channel of an outer envelope.
pub const ORDNORM_CARRIER_CHANNEL: u32 = 30;
/// Field `carrier.id` (text): its message id.
pub const ORDNORM_CARRIER_ID: u32 = 31;
/// Field `carrier.sender` (text): its sender.
pub const ORDNORM_CARRIER_SENDER: u32 = 32;
/// Field `carrier.recipient` (text): its recipient.
pub const ORDNORM_CARRIER_RECIPIENT: u32 = 33;
/// Field `carrier.sent` (date): its time.
pub const ORDNORM_CARRIER_SENT: u32 = 34;
/// Field `carrier.subject` (text): its subject.
pub const ORDNORM_CARRIER_SUBJECT: u32 = 35;
/// Field `delivery.requested` (date): when it shall arrive.
pub const ORDNORM_DELIVERY_REQUESTED: u32 = 40;
/// Field `delivery.earliest` (date): not to arrive before.
pub const ORDNORM_DELIVERY_EARLIEST: u32 = 41;
/// Field `delivery.latest` (date): not to arrive after.
pub const ORDNORM_DELIVERY_LATEST: u32 = 42;
/// Field `delivery.cancel_after` (date): cancel if not delivered by.
pub const ORDNORM_DELIVERY_CANCEL_AFTER: u32 = 43;
/// Field `dispatch.requested` (date): when it shall leave the seller.
pub const ORDNORM_DISPATCH_REQUESTED: u32 = 44;
/// Field `dispatch.earliest` (date): not to leave before.
pub const ORDNORM_DISPATCH_EARLIEST: u32 = 45;
/// Field `dispatch.latest` (date): not to leave after.
pub const ORDNORM_DISPATCH_LATEST: u32 = 46;
/// Field `delivery.partial` (flag): partial delivery allowed.
pub const ORDNORM_DELIVERY_PARTIAL: u32 = 47;
/// Field `delivery.incoterm` (code): Incoterms code.
pub const ORDNORM_DELIVERY_INCOTERM: u32 = 48;
/// Field `delivery.place` (text): named place of the Incoterm.
pub const ORDNORM_DELIVERY_PLACE: u32 = 49;
/// Field `delivery.unloading_point` (text): a place in words.
pub const ORDNORM_DELIVERY_UNLOADING: u32 = 50;
/// Field `delivery.method` (text): carrier or transport mode as written.
pub const ORDNORM_DELIVERY_METHOD: u32 = 51;
/// Field `payment.terms` (text): terms in words.
pub const ORDNORM_PAYMENT_TERMS: u32 = 55;
/// Field `payment.means` (code): UNTDID 4461.
pub const ORDNORM_PAYMENT_MEANS: u32 = 56;
/// Field `payment.days` (count): days until payment is due.
pub const ORDNORM_PAYMENT_DAYS: u32 = 57;
/// Field `discount.days` (count): days within which the discount holds.
pub const ORDNORM_PAYMENT_DISCOUNT_DAYS: u32 = 58;
/// Field `discount.percent` (decimal): discount in percent.
pub const ORDNORM_PAYMENT_DISCOUNT_PCT: u32 = 59;
/// Field `totals.lines` (decimal): number of lines as declared.
pub const ORDNORM_TOTALS_LINES: u32 = 60;
/// Field `totals.quantity` (decimal): sum of quantities as declared.
pub const ORDNORM_TOTALS_QUANTITY: u32 = 61;
/// Field `totals.net` (decimal): declared net amount.
pub const ORDNORM_TOTALS_NET: u32 = 62;
/// Field `totals.tax` (decimal): declared tax.
pub const ORDNORM_TOTALS_TAX: u32 = 63;
/// Field `totals.gross` (decimal): declared gross amount.
pub const ORDNORM_TOTALS_GROSS: u32 = 64;
/// Field `totals.allowances` (decimal): declared allowances.
pub const ORDNORM_TOTALS_ALLOWANCES: u32 = 65;
/// Field `totals.charges` (decimal): declared charges.
pub const ORDNORM_TOTALS_CHARGES: u32 = 66;
/// Field `party.role` (word): buyer, seller, ship_to …, else UNTDID 3035 as written.
pub const ORDNORM_PARTY_ROLE: u32 = 70;
/// Field `party.id` (text): an identifier of the party.
pub const ORDNORM_PARTY_ID: u32 = 71;
/// Field `party.id.scheme` (word): its scheme: ICD, vat, assigned_by_buyer ….
pub const ORDNORM_PARTY_ID_SCHEME: u32 = 72;
/// Field `party.name` (text): name lines.
pub const ORDNORM_PARTY_NAME: u32 = 73;
/// Field `party.department` (text): department.
pub const ORDNORM_PARTY_DEPARTMENT: u32 = 74;
/// Field `party.endpoint` (text): electronic address.
pub const ORDNORM_PARTY_ENDPOINT: u32 = 75;
/// Field `party.endpoint.scheme` (word): its scheme (EAS).
pub const ORDNORM_PARTY_ENDPOINT_SCHEME: u32 = 76;
/// Field `party.street` (text): street lines.
pub const ORDNORM_PARTY_STREET: u32 = 77;
/// Field `party.city` (text): city.
pub const ORDNORM_PARTY_CITY: u32 = 78;
/// Field `party.postcode` (text): post code.
pub const ORDNORM_PARTY_POSTCODE: u32 = 79;
/// Field `party.region` (text): region.
pub const ORDNORM_PARTY_REGION: u32 = 80;
/// Field `party.country` (code): ISO 3166-1 alpha-2.
pub const ORDNORM_PARTY_COUNTRY: u32 = 81;
/// Field `party.contact.name` (text): name of the contact.
pub const ORDNORM_PARTY_CONTACT_NAME: u32 = 82;
/// Field `party.contact.phone` (text): telephone.
pub const ORDNORM_PARTY_CONTACT_PHONE: u32 = 83;
/// Field `party.contact.fax` (text): fax.
pub const ORDNORM_PARTY_CONTACT_FAX: u32 = 84;
/// Field `party.contact.email` (text): e-mail.
pub const ORDNORM_PARTY_CONTACT_EMAIL: u32 = 85;
/// Field `reference` (text): a reference.
pub const ORDNORM_REFERENCE: u32 = 90;
/// Field `reference.type` (word): its type: contract, blanket …, else UNTDID 1153 as written.
pub const ORDNORM_REFERENCE_TYPE: u32 = 91;
/// Field `reference.line` (text): line of the referenced document.
pub const ORDNORM_REFERENCE_LINE: u32 = 92;
/// Field `reference.date` (date): its date.
pub const ORDNORM_REFERENCE_DATE: u32 = 93;
/// Field `note` (text): free text.
pub const ORDNORM_NOTE: u32 = 95;
/// Field `note.subject` (code): UNTDID 4451.
pub const ORDNORM_NOTE_SUBJECT: u32 = 96;
/// Field `note.language` (code): its language.
pub const ORDNORM_NOTE_LANGUAGE: u32 = 97;
/// Field `allowance.kind` (word): allowance or charge.
pub const ORDNORM_ALLOWANCE_KIND: u32 = 100;
/// Field `allowance.amount` (decimal): its amount.
pub const ORDNORM_ALLOWANCE_AMOUNT: u32 = 101;
/// Field `allowance.percent` (decimal): its percentage.
pub const ORDNORM_ALLOWANCE_PERCENT: u32 = 102;
/// Field `allowance.base_amount` (decimal): the amount it is computed from.
pub const ORDNORM_ALLOWANCE_BASE: u32 = 103;
/// Field `allowance.reason` (text): reason in words.
pub const ORDNORM_ALLOWANCE_REASON: u32 = 104;
/// Field `allowance.code` (code): reason code.
pub const ORDNORM_ALLOWANCE_CODE: u32 = 105;
/// Field `attachment.name` (text): file name.
pub const ORDNORM_ATTACHMENT_NAME: u32 = 110;
/// Field `attachment.media_type` (text): media type.
pub const ORDNORM_ATTACHMENT_MEDIA_TYPE: u32 = 111;
/// Field `attachment.at` (count): where it stands in the message, in bytes.
pub const ORDNORM_ATTACHMENT_AT: u32 = 112;
/// Field `attachment.length` (count): how long it is there.
pub const ORDNORM_ATTACHMENT_LENGTH: u32 = 113;
/// Field `line.number` (text): as written.
pub const ORDNORM_LINE_NUMBER: u32 = 120;
/// Field `line.parent` (text): number of the line that this is a sub-line of.
pub const ORDNORM_LINE_PARENT: u32 = 121;
/// Field `line.action` (word): add, change, delete, unchanged, else as written.
pub const ORDNORM_LINE_ACTION: u32 = 122;
/// Field `line.gtin` (text): GTIN.
pub const ORDNORM_LINE_GTIN: u32 = 123;
/// Field `line.seller_id` (text): seller's item number.
pub const ORDNORM_LINE_SELLER_ID: u32 = 124;
/// Field `line.buyer_id` (text): buyer's item number.
pub const ORDNORM_LINE_BUYER_ID: u32 = 125;
/// Field `line.manufacturer_id` (text): manufacturer's item number.
pub const ORDNORM_LINE_MANUFACTURER_ID: u32 = 126;
/// Field `line.isbn` (text): ISBN.
pub const ORDNORM_LINE_ISBN: u32 = 127;
/// Field `line.pzn` (text): PZN.
pub const ORDNORM_LINE_PZN: u32 = 128;
/// Field `line.other_id` (text): another item number.
pub const ORDNORM_LINE_OTHER_ID: u32 = 129;
/// Field `line.description` (text): what it is, in words.
pub const ORDNORM_LINE_DESCRIPTION: u32 = 130;
/// Field `line.attribute.name` (text): colour, size, batch ….
pub const ORDNORM_LINE_ATTRIBUTE_NAME: u32 = 131;
/// Field `line.attribute` (text): its value.
pub const ORDNORM_LINE_ATTRIBUTE: u32 = 132;
/// Field `line.quantity` (decimal): ordered quantity.
pub const ORDNORM_LINE_QUANTITY: u32 = 133;
/// Field `line.unit` (code): UNECE Rec 20/21 code.
pub const ORDNORM_LINE_UNIT: u32 = 134;
/// Field `line.unit_text` (text): the source's own word.
pub const ORDNORM_LINE_UNIT_TEXT: u32 = 135;
/// Field `line.quantity_change` (decimal): signed change of the quantity.
pub const ORDNORM_LINE_QUANTITY_CHANGE: u32 = 136;
/// Field `line.quantity_before` (decimal): quantity before the change.
pub const ORDNORM_LINE_QUANTITY_BEFORE: u32 = 137;
/// Field `line.pack` (decimal): content of one ordered unit.
pub const ORDNORM_LINE_PACK: u32 = 138;
/// Field `line.pack_unit` (code): its unit.
pub const ORDNORM_LINE_PACK_UNIT: u32 = 139;
/// Field `line.free_quantity` (decimal): goods free of charge.
pub const ORDNORM_LINE_FREE_QUANTITY: u32 = 140;
/// Field `line.price` (decimal): unit price.
pub const ORDNORM_LINE_PRICE: u32 = 141;
/// Field `line.price_basis` (decimal): the price is for so many units (absent = 1).
pub const ORDNORM_LINE_PRICE_BASIS: u32 = 142;
/// Field `line.price_unit` (code): unit of the basis.
pub const ORDNORM_LINE_PRICE_UNIT: u32 = 143;
/// Field `line.price_kind` (word): net, gross, list, unknown.
pub const ORDNORM_LINE_PRICE_KIND: u32 = 144;
/// Field `line.price_tax_included` (flag): the price includes tax.
pub const ORDNORM_LINE_PRICE_TAX_INCL: u32 = 145;
/// Field `line.currency` (code): ISO 4217.
pub const ORDNORM_LINE_PRICE_CURRENCY: u32 = 146;
/// Field `line.price_quantity` (decimal): quantity in the unit of the price.
pub const ORDNORM_LINE_PRICE_QUANTITY: u32 = 147;
/// Field `line.price_quantity_unit` (code): its unit.
pub const ORDNORM_LINE_PRICE_QTY_UNIT: u32 = 148;
/// Field `line.amount` (decimal): declared line total.
pub const ORDNORM_LINE_AMOUNT: u32 = 149;
/// Field `line.tax_category` (code): UNTDID 5305.
pub const ORDNORM_LINE_TAX_CATEGORY: u32 = 150;
/// Field `line.tax_percent` (decimal): rate in percent.
pub const ORDNORM_LINE_TAX_PERCENT: u32 = 151;
/// Field `line.cost_centre` (text): cost centre.
pub const ORDNORM_LINE_COST_CENTRE: u32 = 152;
/// Field `line.partial` (flag): partial delivery allowed.
pub const ORDNORM_LINE_PARTIAL: u32 = 153;
/// Field `schedule.date` (date): when this part is wanted.
pub const ORDNORM_SCHEDULE_DATE: u32 = 160;
/// Field `schedule.quantity` (decimal): in the line's unit.
pub const ORDNORM_SCHEDULE_QUANTITY: u32 = 161;
/// Field `schedule.cumulative` (decimal): cumulative quantity.
pub const ORDNORM_SCHEDULE_CUMULATIVE: u32 = 162;
/// Field `schedule.location` (text): where to.
pub const ORDNORM_SCHEDULE_LOCATION: u32 = 163;
/// Field `schedule.status` (word): firm, forecast, backlog ….
pub const ORDNORM_SCHEDULE_STATUS: u32 = 164;
/// Field `received.cumulative` (decimal): cumulative quantity received.
pub const ORDNORM_RECEIVED_CUMULATIVE: u32 = 165;
/// Field `received.last_date` (date): last receipt.
pub const ORDNORM_RECEIVED_LAST_DATE: u32 = 166;
/// Field `received.delivery_note` (text): its delivery note.
pub const ORDNORM_RECEIVED_NOTE: u32 = 167;
/// Code word `order`.
pub const ORDNORM_KIND_ORDER: u32 = 1;
/// Code word `change`.
pub const ORDNORM_KIND_CHANGE: u32 = 2;
/// Code word `replace`.
pub const ORDNORM_KIND_REPLACE: u32 = 3;
/// Code word `cancel`.
pub const ORDNORM_KIND_CANCEL: u32 = 4;
/// Code word `schedule`.
pub const ORDNORM_KIND_SCHEDULE: u32 = 5;
/// Code word `quote_request`.
pub const ORDNORM_KIND_QUOTE_REQUEST: u32 = 6;
/// Code word `cart`.
pub const ORDNORM_KIND_CART: u32 = 7;
/// Code word `status_query`.
pub const ORDNORM_KIND_STATUS_QUERY: u32 = 8;
/// Code word `not_an_order`.
pub const ORDNORM_KIND_NOT_AN_ORDER: u32 = 9;
/// Code word `invoice`.
pub const ORDNORM_REASON_INVOICE: u32 = 20;
/// Code word `order_response`.
pub const ORDNORM_REASON_ORDER_RESPONSE: u32 = 21;
/// Code word `despatch`.
pub const ORDNORM_REASON_DESPATCH: u32 = 22;
/// Code word `catalogue`.
pub const ORDNORM_REASON_CATALOGUE: u32 = 23;
/// Code word `delivery_receipt`.
pub const ORDNORM_REASON_DELIVERY_RECEIPT: u32 = 24;
/// Code word `own_message`.
pub const ORDNORM_REASON_OWN_MESSAGE: u32 = 25;
/// Code word `bot_message`.
pub const ORDNORM_REASON_BOT_MESSAGE: u32 = 26;
/// Code word `reaction`.
pub const ORDNORM_REASON_REACTION: u32 = 27;
/// Code word `deleted`.
pub const ORDNORM_REASON_DELETED: u32 = 28;
/// Code word `greeting`.
pub const ORDNORM_REASON_GREETING: u32 = 29;
/// Code word `complaint`.
pub const ORDNORM_REASON_COMPLAINT: u32 = 30;
/// Code word `question`.
pub const ORDNORM_REASON_QUESTION: u32 = 31;
/// Code word `service_event`.
pub const ORDNORM_REASON_SERVICE_EVENT: u32 = 32;
/// Code word `automatic_reply`.
pub const ORDNORM_REASON_AUTOMATIC_REPLY: u32 = 33;
/// Code word `advertising`.
pub const ORDNORM_REASON_ADVERTISING: u32 = 34;
/// Code word `encrypted`.
pub const ORDNORM_REASON_ENCRYPTED: u32 = 35;
/// Code word `unsupported`.
pub const ORDNORM_REASON_UNSUPPORTED: u32 = 36;
/// Code word `other`.
pub const ORDNORM_REASON_OTHER: u32 = 37;
/// Code word `standard`.
pub const ORDNORM_TYPE_STANDARD: u32 = 50;
/// Code word `blanket`.
pub const ORDNORM_TYPE_BLANKET: u32 = 51;
/// Code word `call_off`.
pub const ORDNORM_TYPE_CALL_OFF: u32 = 52;
/// Code word `rush`.
pub const ORDNORM_TYPE_RUSH: u32 = 53;
/// Code word `consignment`.
pub const ORDNORM_TYPE_CONSIGNMENT: u32 = 54;
/// Code word `sample`.
pub const ORDNORM_TYPE_SAMPLE: u32 = 55;
/// Code word `drop_ship`.
pub const ORDNORM_TYPE_DROP_SHIP: u32 = 56;
/// Code word `spare_parts`.
pub const ORDNORM_TYPE_SPARE_PARTS: u32 = 57;
/// Code word `duplicate`.
pub const ORDNORM_COPY_DUPLICATE: u32 = 70;
/// Code word `copy`.
pub const ORDNORM_COPY_COPY: u32 = 71;
/// Code word `resent`.
pub const ORDNORM_COPY_RESENT: u32 = 72;
/// Code word `none`.
pub const ORDNORM_RESPONSE_NONE: u32 = 76;
/// Code word `acknowledgement`.
pub const ORDNORM_RESPONSE_ACKNOWLEDGEMENT: u32 = 77;
/// Code word `full`.
pub const ORDNORM_RESPONSE_FULL: u32 = 78;
/// Code word `buyer`.
pub const ORDNORM_ROLE_BUYER: u32 = 80;
/// Code word `seller`.
pub const ORDNORM_ROLE_SELLER: u32 = 81;
/// Code word `ship_to`.
pub const ORDNORM_ROLE_SHIP_TO: u32 = 82;
/// Code word `bill_to`.
pub const ORDNORM_ROLE_BILL_TO: u32 = 83;
/// Code word `payer`.
pub const ORDNORM_ROLE_PAYER: u32 = 84;
/// Code word `end_customer`.
pub const ORDNORM_ROLE_END_CUSTOMER: u32 = 85;
/// Code word `ship_from`.
pub const ORDNORM_ROLE_SHIP_FROM: u32 = 86;
/// Code word `carrier`.
pub const ORDNORM_ROLE_CARRIER: u32 = 87;
/// Code word `originator`.
pub const ORDNORM_ROLE_ORIGINATOR: u32 = 88;
/// Code word `vat`.
pub const ORDNORM_SCHEME_VAT: u32 = 100;
/// Code word `assigned_by_buyer`.
pub const ORDNORM_SCHEME_ASSIGNED_BY_BUYER: u32 = 101;
/// Code word `assigned_by_seller`.
pub const ORDNORM_SCHEME_ASSIGNED_BY_SELLER: u32 = 102;
/// Code word `phone`.
pub const ORDNORM_SCHEME_PHONE: u32 = 103;
/// Code word `email`.
pub const ORDNORM_SCHEME_EMAIL: u32 = 104;
/// Code word `chat`.
pub const ORDNORM_SCHEME_CHAT: u32 = 105;
/// Code word `contract`.
pub const ORDNORM_REFERENCE_CONTRACT: u32 = 120;
/// Code word `blanket`.
pub const ORDNORM_REFERENCE_BLANKET: u32 = 121;
/// Code word `quotation`.
pub const ORDNORM_REFERENCE_QUOTATION: u32 = 122;
/// Code word `project`.
pub const ORDNORM_REFERENCE_PROJECT: u32 = 123;
/// Code word `promotion`.
pub const ORDNORM_REFERENCE_PROMOTION: u32 = 124;
/// Code word `price_list`.
pub const ORDNORM_REFERENCE_PRICE_LIST: u32 = 125;
/// Code word `requisition`.
pub const ORDNORM_REFERENCE_REQUISITION: u32 = 126;
/// Code word `tender`.
pub const ORDNORM_REFERENCE_TENDER: u32 = 127;
/// Code word `end_customer_order`.
pub const ORDNORM_REFERENCE_END_CUSTOMER_ORDER: u32 = 128;
/// Code word `department`.
pub const ORDNORM_REFERENCE_DEPARTMENT: u32 = 129;
/// Code word `vendor_number`.
pub const ORDNORM_REFERENCE_VENDOR_NUMBER: u32 = 130;
/// Code word `delivery_note`.
pub const ORDNORM_REFERENCE_DELIVERY_NOTE: u32 = 131;
/// Code word `release`.
pub const ORDNORM_REFERENCE_RELEASE: u32 = 132;
/// Code word `allowance`.
pub const ORDNORM_ALLOWANCE_ALLOWANCE: u32 = 150;
/// Code word `charge`.
pub const ORDNORM_ALLOWANCE_CHARGE: u32 = 151;
/// Code word `add`.
pub const ORDNORM_ACTION_ADD: u32 = 160;
/// Code word `change`.
pub const ORDNORM_ACTION_CHANGE: u32 = 161;
/// Code word `delete`.
pub const ORDNORM_ACTION_DELETE: u32 = 162;
/// Code word `unchanged`.
pub const ORDNORM_ACTION_UNCHANGED: u32 = 163;
/// Code word `net`.
pub const ORDNORM_PRICE_NET: u32 = 170;
/// Code word `gross`.
pub const ORDNORM_PRICE_GROSS: u32 = 171;
/// Code word `list`.
pub const ORDNORM_PRICE_LIST: u32 = 172;
/// Code word `unknown`.
pub const ORDNORM_PRICE_UNKNOWN: u32 = 173;
/// Code word `firm`.
pub const ORDNORM_STATUS_FIRM: u32 = 180;
/// Code word `forecast`.
pub const ORDNORM_STATUS_FORECAST: u32 = 181;
/// Code word `backlog`.
pub const ORDNORM_STATUS_BACKLOG: u32 = 182;
/// Code word `immediate`.
pub const ORDNORM_STATUS_IMMEDIATE: u32 = 183;
/// Code word `authorise_manufacturing`.
pub const ORDNORM_STATUS_AUTHORISE_MANUFACTURING: u32 = 184;
/// Code word `authorise_material`.
pub const ORDNORM_STATUS_AUTHORISE_MATERIAL: u32 = 185;
/// Code word `accepted`.
pub const ORDNORM_VERDICT_ACCEPTED: u32 = 200;
/// Code word `review`.
pub const ORDNORM_VERDICT_REVIEW: u32 = 201;
/// Code word `rejected`.
pub const ORDNORM_VERDICT_REJECTED: u32 = 202;
/// Code word `not_an_order`.
pub const ORDNORM_VERDICT_NOT_AN_ORDER: u32 = 203;
/// Finding `short_record` (error): a record has fewer fields than its channel needs.
pub const ORDNORM_FOUND_SHORT_RECORD: u32 = 1;
/// Finding `long_record` (error): a record has more fields than its header.
pub const ORDNORM_FOUND_LONG_RECORD: u32 = 2;
/// Finding `unknown_code` (info): a code that the channel does not know; it is kept as written.
pub const ORDNORM_FOUND_UNKNOWN_CODE: u32 = 3;
/// Finding `defaulted` (info): the value is absent in the message; the channel's default was taken.
pub const ORDNORM_FOUND_DEFAULTED: u32 = 4;
/// Finding `ambiguous_decimal` (error): two readings of a number; the value is absent.
pub const ORDNORM_FOUND_AMBIGUOUS_DECIMAL: u32 = 5;
/// Finding `ambiguous_date` (error): two readings of a date; the value is absent.
pub const ORDNORM_FOUND_AMBIGUOUS_DATE: u32 = 6;
/// Finding `invalid_date` (error): not a date in its declared format; the value is absent.
pub const ORDNORM_FOUND_INVALID_DATE: u32 = 7;
/// Finding `invalid_number` (error): not a number in its declared format; the value is absent.
pub const ORDNORM_FOUND_INVALID_NUMBER: u32 = 8;
/// Finding `lossy_identifier` (error): a spreadsheet has turned an identifier into a rounded number.
pub const ORDNORM_FOUND_LOSSY_IDENTIFIER: u32 = 9;
/// Finding `bad_check_digit` (warning): the check digit of an identifier is wrong; it is kept.
pub const ORDNORM_FOUND_BAD_CHECK_DIGIT: u32 = 10;
/// Finding `repeated_value` (info): the same value stands here twice.
pub const ORDNORM_FOUND_REPEATED_VALUE: u32 = 11;
/// Finding `missing_required` (error): a required value is absent.
pub const ORDNORM_FOUND_MISSING_REQUIRED: u32 = 12;
/// Finding `count_mismatch` (error): a declared count differs from what was read.
pub const ORDNORM_FOUND_COUNT_MISMATCH: u32 = 13;
/// Finding `total_mismatch` (error): a declared total differs from what was read.
pub const ORDNORM_FOUND_TOTAL_MISMATCH: u32 = 14;
/// Finding `reference_mismatch` (error): two control references that must agree differ.
pub const ORDNORM_FOUND_REFERENCE_MISMATCH: u32 = 15;
/// Finding `unknown_unit` (warning): a unit that is neither a UNECE code nor a known word.
pub const ORDNORM_FOUND_UNKNOWN_UNIT: u32 = 16;
/// Finding `charset_guessed` (warning): the declared character set cannot be right; it was told from the bytes.
pub const ORDNORM_FOUND_CHARSET_GUESSED: u32 = 17;
/// Finding `charset_mismatch` (warning): bytes that the declared character set does not have were replaced.
pub const ORDNORM_FOUND_CHARSET_MISMATCH: u32 = 18;
/// Finding `truncated` (error): the message ends before its end mark.
pub const ORDNORM_FOUND_TRUNCATED: u32 = 19;
/// Finding `unterminated` (warning): an end mark is missing.
pub const ORDNORM_FOUND_UNTERMINATED: u32 = 20;
/// Finding `repaired_value` (warning): a value was repaired.
pub const ORDNORM_FOUND_REPAIRED_VALUE: u32 = 21;
/// Finding `malformed` (error): the notation is broken here.
pub const ORDNORM_FOUND_MALFORMED: u32 = 22;
/// Finding `unmapped_content` (error): content about a quantity, price, date, party, line or allowance that no rule used.
pub const ORDNORM_FOUND_UNMAPPED_CONTENT: u32 = 23;
/// Finding `late_value` (warning): a value came behind the record it belongs to.
pub const ORDNORM_FOUND_LATE_VALUE: u32 = 24;
/// Finding `split_order` (error): the records of one order are not adjacent.
pub const ORDNORM_FOUND_SPLIT_ORDER: u32 = 25;
/// Finding `test_message` (info): the sender marks the message as a test.
pub const ORDNORM_FOUND_TEST_MESSAGE: u32 = 26;
/// Finding `duplicate_message` (warning): an order of this number and kind was read before in the same input.
pub const ORDNORM_FOUND_DUPLICATE_MESSAGE: u32 = 27;
/// Finding `conflicting_values` (error): two different values where one is allowed; the first is kept.
pub const ORDNORM_FOUND_CONFLICTING_VALUES: u32 = 28;
/// Finding `refused_construct` (error): a construct that is refused (DTD, entity, nesting beyond the limit).
pub const ORDNORM_FOUND_REFUSED_CONSTRUCT: u32 = 29;
/// Finding `low_confidence` (warning): a value is below the caller's confidence.
pub const ORDNORM_FOUND_LOW_CONFIDENCE: u32 = 30;
/// Finding `personal_data_withheld` (info): a privacy policy has withheld personal data.
pub const ORDNORM_FOUND_PERSONAL_DATA_WITHHELD: u32 = 31;
/// Finding `unsupported_content` (error): content that cannot be read may hold the order.
pub const ORDNORM_FOUND_UNSUPPORTED_CONTENT: u32 = 32;
/// Finding `capacity_exceeded` (error): a named limit was reached here.
pub const ORDNORM_FOUND_CAPACITY_EXCEEDED: u32 = 33;
/// Finding `no_envelope` (info): the message stands without its interchange envelope.
pub const ORDNORM_FOUND_NO_ENVELOPE: u32 = 34;
/// Finding `skipped_bytes` (info): bytes that belong to no record were read over.
pub const ORDNORM_FOUND_SKIPPED_BYTES: u32 = 35;
/// Finding `unsupported_charset` (warning): the declared character set is not supported; ASCII was read.
pub const ORDNORM_FOUND_UNSUPPORTED_CHARSET: u32 = 36;
/// Finding `syntax_deviation` (info): a deviation from the notation that harms nothing.
pub const ORDNORM_FOUND_SYNTAX_DEVIATION: u32 = 37;
/// Finding `unknown_version` (info): a version of the message type that is not known; it was read all the same.
pub const ORDNORM_FOUND_UNKNOWN_VERSION: u32 = 38;
/// Finding `unknown_identifier` (warning): an identifier that does not have the form of its scheme; it is kept.
pub const ORDNORM_FOUND_UNKNOWN_IDENTIFIER: u32 = 39;
/// Finding `implausible_value` (warning): a quantity or basis of nothing or less, or a price below nothing, where something is ordered.
pub const ORDNORM_FOUND_IMPLAUSIBLE_VALUE: u32 = 41;
/// Finding `loaded_channel` (info): a loaded channel was taken before a built-in one that fits as well.
pub const ORDNORM_FOUND_LOADED_CHANNEL: u32 = 42;
