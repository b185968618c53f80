// Generated from core/vocabulary.tsv, core/words.tsv and core/findings.tsv.
// Change those and run: cargo run -p ordnorm-generate
#![cfg_attr(rustfmt, rustfmt_skip)]

use super::{Effect, Facts, FindingFacts, Severity, WordFacts};

/// Field numbers.
pub mod field {
    /// `order.kind`: what the document asks for
    pub const ORDER_KIND: u16 = 1;
    /// `order.reason`: why it is not an order
    pub const ORDER_REASON: u16 = 2;
    /// `order.type`: standard, blanket, call-off …, else UNTDID 1001 as written
    pub const ORDER_TYPE: u16 = 3;
    /// `order.copy`: duplicate, copy or resent, as the sender declares it
    pub const ORDER_COPY: u16 = 4;
    /// `order.number`: the number that this document gives itself
    pub const ORDER_NUMBER: u16 = 5;
    /// `order.revision`: change or version number
    pub const ORDER_REVISION: u16 = 6;
    /// `order.previous_number`: the order that this one changes, replaces or cancels
    pub const ORDER_PREVIOUS_NUMBER: u16 = 7;
    /// `order.other_number`: a further number of the same document
    pub const ORDER_OTHER_NUMBER: u16 = 8;
    /// `order.seller_number`: the seller's number for it
    pub const ORDER_SELLER_NUMBER: u16 = 9;
    /// `order.issued`: when the buyer issued it
    pub const ORDER_ISSUED: u16 = 10;
    /// `order.valid_until`: end of validity of the document
    pub const ORDER_VALID_UNTIL: u16 = 11;
    /// `order.currency`: ISO 4217
    pub const ORDER_CURRENCY: u16 = 12;
    /// `order.language`: ISO 639-1
    pub const ORDER_LANGUAGE: u16 = 13;
    /// `order.buyer_reference`: EN 16931 BT-10
    pub const ORDER_BUYER_REFERENCE: u16 = 14;
    /// `order.cost_centre`: UBL AccountingCost
    pub const ORDER_COST_CENTRE: u16 = 15;
    /// `order.response_requested`: none, acknowledgement or full
    pub const ORDER_RESPONSE: u16 = 16;
    /// `message.id`: UNH 0062, ST02, DOCNUM, Message-ID, wamid
    pub const MESSAGE_ID: u16 = 20;
    /// `message.interchange`: UNB 0020, ISA13
    pub const MESSAGE_INTERCHANGE: u16 = 21;
    /// `message.sender`: envelope address of the sender
    pub const MESSAGE_SENDER: u16 = 22;
    /// `message.recipient`: envelope address of the recipient
    pub const MESSAGE_RECIPIENT: u16 = 23;
    /// `message.sent`: envelope or message time
    pub const MESSAGE_SENT: u16 = 24;
    /// `message.test`: the sender marks it as a test
    pub const MESSAGE_TEST: u16 = 25;
    /// `message.reply_to`: the message it answers, edits or revokes
    pub const MESSAGE_REPLY_TO: u16 = 26;
    /// `message.subject`: subject of a mail
    pub const MESSAGE_SUBJECT: u16 = 27;
    /// `carrier.channel`: channel of an outer envelope
    pub const CARRIER_CHANNEL: u16 = 30;
    /// `carrier.id`: its message id
    pub const CARRIER_ID: u16 = 31;
    /// `carrier.sender`: its sender
    pub const CARRIER_SENDER: u16 = 32;
    /// `carrier.recipient`: its recipient
    pub const CARRIER_RECIPIENT: u16 = 33;
    /// `carrier.sent`: its time
    pub const CARRIER_SENT: u16 = 34;
    /// `carrier.subject`: its subject
    pub const CARRIER_SUBJECT: u16 = 35;
    /// `delivery.requested`: when it shall arrive
    pub const DELIVERY_REQUESTED: u16 = 40;
    /// `delivery.earliest`: not to arrive before
    pub const DELIVERY_EARLIEST: u16 = 41;
    /// `delivery.latest`: not to arrive after
    pub const DELIVERY_LATEST: u16 = 42;
    /// `delivery.cancel_after`: cancel if not delivered by
    pub const DELIVERY_CANCEL_AFTER: u16 = 43;
    /// `dispatch.requested`: when it shall leave the seller
    pub const DISPATCH_REQUESTED: u16 = 44;
    /// `dispatch.earliest`: not to leave before
    pub const DISPATCH_EARLIEST: u16 = 45;
    /// `dispatch.latest`: not to leave after
    pub const DISPATCH_LATEST: u16 = 46;
    /// `delivery.partial`: partial delivery allowed
    pub const DELIVERY_PARTIAL: u16 = 47;
    /// `delivery.incoterm`: Incoterms code
    pub const DELIVERY_INCOTERM: u16 = 48;
    /// `delivery.place`: named place of the Incoterm
    pub const DELIVERY_PLACE: u16 = 49;
    /// `delivery.unloading_point`: a place in words
    pub const DELIVERY_UNLOADING: u16 = 50;
    /// `delivery.method`: carrier or transport mode as written
    pub const DELIVERY_METHOD: u16 = 51;
    /// `payment.terms`: terms in words
    pub const PAYMENT_TERMS: u16 = 55;
    /// `payment.means`: UNTDID 4461
    pub const PAYMENT_MEANS: u16 = 56;
    /// `payment.days`: days until payment is due
    pub const PAYMENT_DAYS: u16 = 57;
    /// `discount.days`: days within which the discount holds
    pub const PAYMENT_DISCOUNT_DAYS: u16 = 58;
    /// `discount.percent`: discount in percent
    pub const PAYMENT_DISCOUNT_PCT: u16 = 59;
    /// `totals.lines`: number of lines as declared
    pub const TOTALS_LINES: u16 = 60;
    /// `totals.quantity`: sum of quantities as declared
    pub const TOTALS_QUANTITY: u16 = 61;
    /// `totals.net`: declared net amount
    pub const TOTALS_NET: u16 = 62;
    /// `totals.tax`: declared tax
    pub const TOTALS_TAX: u16 = 63;
    /// `totals.gross`: declared gross amount
    pub const TOTALS_GROSS: u16 = 64;
    /// `totals.allowances`: declared allowances
    pub const TOTALS_ALLOWANCES: u16 = 65;
    /// `totals.charges`: declared charges
    pub const TOTALS_CHARGES: u16 = 66;
    /// `party.role`: buyer, seller, ship_to …, else UNTDID 3035 as written
    pub const PARTY_ROLE: u16 = 70;
    /// `party.id`: an identifier of the party
    pub const PARTY_ID: u16 = 71;
    /// `party.id.scheme`: its scheme: ICD, vat, assigned_by_buyer …
    pub const PARTY_ID_SCHEME: u16 = 72;
    /// `party.name`: name lines
    pub const PARTY_NAME: u16 = 73;
    /// `party.department`: department
    pub const PARTY_DEPARTMENT: u16 = 74;
    /// `party.endpoint`: electronic address
    pub const PARTY_ENDPOINT: u16 = 75;
    /// `party.endpoint.scheme`: its scheme (EAS)
    pub const PARTY_ENDPOINT_SCHEME: u16 = 76;
    /// `party.street`: street lines
    pub const PARTY_STREET: u16 = 77;
    /// `party.city`: city
    pub const PARTY_CITY: u16 = 78;
    /// `party.postcode`: post code
    pub const PARTY_POSTCODE: u16 = 79;
    /// `party.region`: region
    pub const PARTY_REGION: u16 = 80;
    /// `party.country`: ISO 3166-1 alpha-2
    pub const PARTY_COUNTRY: u16 = 81;
    /// `party.contact.name`: name of the contact
    pub const PARTY_CONTACT_NAME: u16 = 82;
    /// `party.contact.phone`: telephone
    pub const PARTY_CONTACT_PHONE: u16 = 83;
    /// `party.contact.fax`: fax
    pub const PARTY_CONTACT_FAX: u16 = 84;
    /// `party.contact.email`: e-mail
    pub const PARTY_CONTACT_EMAIL: u16 = 85;
    /// `reference`: a reference
    pub const REFERENCE: u16 = 90;
    /// `reference.type`: its type: contract, blanket …, else UNTDID 1153 as written
    pub const REFERENCE_TYPE: u16 = 91;
    /// `reference.line`: line of the referenced document
    pub const REFERENCE_LINE: u16 = 92;
    /// `reference.date`: its date
    pub const REFERENCE_DATE: u16 = 93;
    /// `note`: free text
    pub const NOTE: u16 = 95;
    /// `note.subject`: UNTDID 4451
    pub const NOTE_SUBJECT: u16 = 96;
    /// `note.language`: its language
    pub const NOTE_LANGUAGE: u16 = 97;
    /// `allowance.kind`: allowance or charge
    pub const ALLOWANCE_KIND: u16 = 100;
    /// `allowance.amount`: its amount
    pub const ALLOWANCE_AMOUNT: u16 = 101;
    /// `allowance.percent`: its percentage
    pub const ALLOWANCE_PERCENT: u16 = 102;
    /// `allowance.base_amount`: the amount it is computed from
    pub const ALLOWANCE_BASE: u16 = 103;
    /// `allowance.reason`: reason in words
    pub const ALLOWANCE_REASON: u16 = 104;
    /// `allowance.code`: reason code
    pub const ALLOWANCE_CODE: u16 = 105;
    /// `attachment.name`: file name
    pub const ATTACHMENT_NAME: u16 = 110;
    /// `attachment.media_type`: media type
    pub const ATTACHMENT_MEDIA_TYPE: u16 = 111;
    /// `attachment.at`: where it stands in the message, in bytes
    pub const ATTACHMENT_AT: u16 = 112;
    /// `attachment.length`: how long it is there
    pub const ATTACHMENT_LENGTH: u16 = 113;
    /// `line.number`: as written
    pub const LINE_NUMBER: u16 = 120;
    /// `line.parent`: number of the line that this is a sub-line of
    pub const LINE_PARENT: u16 = 121;
    /// `line.action`: add, change, delete, unchanged, else as written
    pub const LINE_ACTION: u16 = 122;
    /// `line.gtin`: GTIN
    pub const LINE_GTIN: u16 = 123;
    /// `line.seller_id`: seller's item number
    pub const LINE_SELLER_ID: u16 = 124;
    /// `line.buyer_id`: buyer's item number
    pub const LINE_BUYER_ID: u16 = 125;
    /// `line.manufacturer_id`: manufacturer's item number
    pub const LINE_MANUFACTURER_ID: u16 = 126;
    /// `line.isbn`: ISBN
    pub const LINE_ISBN: u16 = 127;
    /// `line.pzn`: PZN
    pub const LINE_PZN: u16 = 128;
    /// `line.other_id`: another item number
    pub const LINE_OTHER_ID: u16 = 129;
    /// `line.description`: what it is, in words
    pub const LINE_DESCRIPTION: u16 = 130;
    /// `line.attribute.name`: colour, size, batch …
    pub const LINE_ATTRIBUTE_NAME: u16 = 131;
    /// `line.attribute`: its value
    pub const LINE_ATTRIBUTE: u16 = 132;
    /// `line.quantity`: ordered quantity
    pub const LINE_QUANTITY: u16 = 133;
    /// `line.unit`: UNECE Rec 20/21 code
    pub const LINE_UNIT: u16 = 134;
    /// `line.unit_text`: the source's own word
    pub const LINE_UNIT_TEXT: u16 = 135;
    /// `line.quantity_change`: signed change of the quantity
    pub const LINE_QUANTITY_CHANGE: u16 = 136;
    /// `line.quantity_before`: quantity before the change
    pub const LINE_QUANTITY_BEFORE: u16 = 137;
    /// `line.pack`: content of one ordered unit
    pub const LINE_PACK: u16 = 138;
    /// `line.pack_unit`: its unit
    pub const LINE_PACK_UNIT: u16 = 139;
    /// `line.free_quantity`: goods free of charge
    pub const LINE_FREE_QUANTITY: u16 = 140;
    /// `line.price`: unit price
    pub const LINE_PRICE: u16 = 141;
    /// `line.price_basis`: the price is for so many units (absent = 1)
    pub const LINE_PRICE_BASIS: u16 = 142;
    /// `line.price_unit`: unit of the basis
    pub const LINE_PRICE_UNIT: u16 = 143;
    /// `line.price_kind`: net, gross, list, unknown
    pub const LINE_PRICE_KIND: u16 = 144;
    /// `line.price_tax_included`: the price includes tax
    pub const LINE_PRICE_TAX_INCL: u16 = 145;
    /// `line.currency`: ISO 4217
    pub const LINE_PRICE_CURRENCY: u16 = 146;
    /// `line.price_quantity`: quantity in the unit of the price
    pub const LINE_PRICE_QUANTITY: u16 = 147;
    /// `line.price_quantity_unit`: its unit
    pub const LINE_PRICE_QTY_UNIT: u16 = 148;
    /// `line.amount`: declared line total
    pub const LINE_AMOUNT: u16 = 149;
    /// `line.tax_category`: UNTDID 5305
    pub const LINE_TAX_CATEGORY: u16 = 150;
    /// `line.tax_percent`: rate in percent
    pub const LINE_TAX_PERCENT: u16 = 151;
    /// `line.cost_centre`: cost centre
    pub const LINE_COST_CENTRE: u16 = 152;
    /// `line.partial`: partial delivery allowed
    pub const LINE_PARTIAL: u16 = 153;
    /// `schedule.date`: when this part is wanted
    pub const SCHEDULE_DATE: u16 = 160;
    /// `schedule.quantity`: in the line's unit
    pub const SCHEDULE_QUANTITY: u16 = 161;
    /// `schedule.cumulative`: cumulative quantity
    pub const SCHEDULE_CUMULATIVE: u16 = 162;
    /// `schedule.location`: where to
    pub const SCHEDULE_LOCATION: u16 = 163;
    /// `schedule.status`: firm, forecast, backlog …
    pub const SCHEDULE_STATUS: u16 = 164;
    /// `received.cumulative`: cumulative quantity received
    pub const RECEIVED_CUMULATIVE: u16 = 165;
    /// `received.last_date`: last receipt
    pub const RECEIVED_LAST_DATE: u16 = 166;
    /// `received.delivery_note`: its delivery note
    pub const RECEIVED_NOTE: u16 = 167;
}

/// Numbers of the code words.
pub mod word {
    /// `order` (kind)
    pub const KIND_ORDER: u16 = 1;
    /// `change` (kind)
    pub const KIND_CHANGE: u16 = 2;
    /// `replace` (kind)
    pub const KIND_REPLACE: u16 = 3;
    /// `cancel` (kind)
    pub const KIND_CANCEL: u16 = 4;
    /// `schedule` (kind)
    pub const KIND_SCHEDULE: u16 = 5;
    /// `quote_request` (kind)
    pub const KIND_QUOTE_REQUEST: u16 = 6;
    /// `cart` (kind)
    pub const KIND_CART: u16 = 7;
    /// `status_query` (kind)
    pub const KIND_STATUS_QUERY: u16 = 8;
    /// `not_an_order` (kind)
    pub const KIND_NOT_AN_ORDER: u16 = 9;
    /// `invoice` (reason)
    pub const REASON_INVOICE: u16 = 20;
    /// `order_response` (reason)
    pub const REASON_ORDER_RESPONSE: u16 = 21;
    /// `despatch` (reason)
    pub const REASON_DESPATCH: u16 = 22;
    /// `catalogue` (reason)
    pub const REASON_CATALOGUE: u16 = 23;
    /// `delivery_receipt` (reason)
    pub const REASON_DELIVERY_RECEIPT: u16 = 24;
    /// `own_message` (reason)
    pub const REASON_OWN_MESSAGE: u16 = 25;
    /// `bot_message` (reason)
    pub const REASON_BOT_MESSAGE: u16 = 26;
    /// `reaction` (reason)
    pub const REASON_REACTION: u16 = 27;
    /// `deleted` (reason)
    pub const REASON_DELETED: u16 = 28;
    /// `greeting` (reason)
    pub const REASON_GREETING: u16 = 29;
    /// `complaint` (reason)
    pub const REASON_COMPLAINT: u16 = 30;
    /// `question` (reason)
    pub const REASON_QUESTION: u16 = 31;
    /// `service_event` (reason)
    pub const REASON_SERVICE_EVENT: u16 = 32;
    /// `automatic_reply` (reason)
    pub const REASON_AUTOMATIC_REPLY: u16 = 33;
    /// `advertising` (reason)
    pub const REASON_ADVERTISING: u16 = 34;
    /// `encrypted` (reason)
    pub const REASON_ENCRYPTED: u16 = 35;
    /// `unsupported` (reason)
    pub const REASON_UNSUPPORTED: u16 = 36;
    /// `other` (reason)
    pub const REASON_OTHER: u16 = 37;
    /// `standard` (type)
    pub const TYPE_STANDARD: u16 = 50;
    /// `blanket` (type)
    pub const TYPE_BLANKET: u16 = 51;
    /// `call_off` (type)
    pub const TYPE_CALL_OFF: u16 = 52;
    /// `rush` (type)
    pub const TYPE_RUSH: u16 = 53;
    /// `consignment` (type)
    pub const TYPE_CONSIGNMENT: u16 = 54;
    /// `sample` (type)
    pub const TYPE_SAMPLE: u16 = 55;
    /// `drop_ship` (type)
    pub const TYPE_DROP_SHIP: u16 = 56;
    /// `spare_parts` (type)
    pub const TYPE_SPARE_PARTS: u16 = 57;
    /// `duplicate` (copy)
    pub const COPY_DUPLICATE: u16 = 70;
    /// `copy` (copy)
    pub const COPY_COPY: u16 = 71;
    /// `resent` (copy)
    pub const COPY_RESENT: u16 = 72;
    /// `none` (response)
    pub const RESPONSE_NONE: u16 = 76;
    /// `acknowledgement` (response)
    pub const RESPONSE_ACKNOWLEDGEMENT: u16 = 77;
    /// `full` (response)
    pub const RESPONSE_FULL: u16 = 78;
    /// `buyer` (role)
    pub const ROLE_BUYER: u16 = 80;
    /// `seller` (role)
    pub const ROLE_SELLER: u16 = 81;
    /// `ship_to` (role)
    pub const ROLE_SHIP_TO: u16 = 82;
    /// `bill_to` (role)
    pub const ROLE_BILL_TO: u16 = 83;
    /// `payer` (role)
    pub const ROLE_PAYER: u16 = 84;
    /// `end_customer` (role)
    pub const ROLE_END_CUSTOMER: u16 = 85;
    /// `ship_from` (role)
    pub const ROLE_SHIP_FROM: u16 = 86;
    /// `carrier` (role)
    pub const ROLE_CARRIER: u16 = 87;
    /// `originator` (role)
    pub const ROLE_ORIGINATOR: u16 = 88;
    /// `vat` (scheme)
    pub const SCHEME_VAT: u16 = 100;
    /// `assigned_by_buyer` (scheme)
    pub const SCHEME_ASSIGNED_BY_BUYER: u16 = 101;
    /// `assigned_by_seller` (scheme)
    pub const SCHEME_ASSIGNED_BY_SELLER: u16 = 102;
    /// `phone` (scheme)
    pub const SCHEME_PHONE: u16 = 103;
    /// `email` (scheme)
    pub const SCHEME_EMAIL: u16 = 104;
    /// `chat` (scheme)
    pub const SCHEME_CHAT: u16 = 105;
    /// `contract` (reference)
    pub const REFERENCE_CONTRACT: u16 = 120;
    /// `blanket` (reference)
    pub const REFERENCE_BLANKET: u16 = 121;
    /// `quotation` (reference)
    pub const REFERENCE_QUOTATION: u16 = 122;
    /// `project` (reference)
    pub const REFERENCE_PROJECT: u16 = 123;
    /// `promotion` (reference)
    pub const REFERENCE_PROMOTION: u16 = 124;
    /// `price_list` (reference)
    pub const REFERENCE_PRICE_LIST: u16 = 125;
    /// `requisition` (reference)
    pub const REFERENCE_REQUISITION: u16 = 126;
    /// `tender` (reference)
    pub const REFERENCE_TENDER: u16 = 127;
    /// `end_customer_order` (reference)
    pub const REFERENCE_END_CUSTOMER_ORDER: u16 = 128;
    /// `department` (reference)
    pub const REFERENCE_DEPARTMENT: u16 = 129;
    /// `vendor_number` (reference)
    pub const REFERENCE_VENDOR_NUMBER: u16 = 130;
    /// `delivery_note` (reference)
    pub const REFERENCE_DELIVERY_NOTE: u16 = 131;
    /// `release` (reference)
    pub const REFERENCE_RELEASE: u16 = 132;
    /// `allowance` (allowance)
    pub const ALLOWANCE_ALLOWANCE: u16 = 150;
    /// `charge` (allowance)
    pub const ALLOWANCE_CHARGE: u16 = 151;
    /// `add` (action)
    pub const ACTION_ADD: u16 = 160;
    /// `change` (action)
    pub const ACTION_CHANGE: u16 = 161;
    /// `delete` (action)
    pub const ACTION_DELETE: u16 = 162;
    /// `unchanged` (action)
    pub const ACTION_UNCHANGED: u16 = 163;
    /// `net` (price)
    pub const PRICE_NET: u16 = 170;
    /// `gross` (price)
    pub const PRICE_GROSS: u16 = 171;
    /// `list` (price)
    pub const PRICE_LIST: u16 = 172;
    /// `unknown` (price)
    pub const PRICE_UNKNOWN: u16 = 173;
    /// `firm` (status)
    pub const STATUS_FIRM: u16 = 180;
    /// `forecast` (status)
    pub const STATUS_FORECAST: u16 = 181;
    /// `backlog` (status)
    pub const STATUS_BACKLOG: u16 = 182;
    /// `immediate` (status)
    pub const STATUS_IMMEDIATE: u16 = 183;
    /// `authorise_manufacturing` (status)
    pub const STATUS_AUTHORISE_MANUFACTURING: u16 = 184;
    /// `authorise_material` (status)
    pub const STATUS_AUTHORISE_MATERIAL: u16 = 185;
    /// `accepted` (verdict)
    pub const VERDICT_ACCEPTED: u16 = 200;
    /// `review` (verdict)
    pub const VERDICT_REVIEW: u16 = 201;
    /// `rejected` (verdict)
    pub const VERDICT_REJECTED: u16 = 202;
    /// `not_an_order` (verdict)
    pub const VERDICT_NOT_AN_ORDER: u16 = 203;
}

/// Numbers of the finding codes.
pub mod finding {
    /// a record has fewer fields than its channel needs
    pub const SHORT_RECORD: u16 = 1;
    /// a record has more fields than its header
    pub const LONG_RECORD: u16 = 2;
    /// a code that the channel does not know; it is kept as written
    pub const UNKNOWN_CODE: u16 = 3;
    /// the value is absent in the message; the channel's default was taken
    pub const DEFAULTED: u16 = 4;
    /// two readings of a number; the value is absent
    pub const AMBIGUOUS_DECIMAL: u16 = 5;
    /// two readings of a date; the value is absent
    pub const AMBIGUOUS_DATE: u16 = 6;
    /// not a date in its declared format; the value is absent
    pub const INVALID_DATE: u16 = 7;
    /// not a number in its declared format; the value is absent
    pub const INVALID_NUMBER: u16 = 8;
    /// a spreadsheet has turned an identifier into a rounded number
    pub const LOSSY_IDENTIFIER: u16 = 9;
    /// the check digit of an identifier is wrong; it is kept
    pub const BAD_CHECK_DIGIT: u16 = 10;
    /// the same value stands here twice
    pub const REPEATED_VALUE: u16 = 11;
    /// a required value is absent
    pub const MISSING_REQUIRED: u16 = 12;
    /// a declared count differs from what was read
    pub const COUNT_MISMATCH: u16 = 13;
    /// a declared total differs from what was read
    pub const TOTAL_MISMATCH: u16 = 14;
    /// two control references that must agree differ
    pub const REFERENCE_MISMATCH: u16 = 15;
    /// a unit that is neither a UNECE code nor a known word
    pub const UNKNOWN_UNIT: u16 = 16;
    /// the declared character set cannot be right; it was told from the bytes
    pub const CHARSET_GUESSED: u16 = 17;
    /// bytes that the declared character set does not have were replaced
    pub const CHARSET_MISMATCH: u16 = 18;
    /// the message ends before its end mark
    pub const TRUNCATED: u16 = 19;
    /// an end mark is missing
    pub const UNTERMINATED: u16 = 20;
    /// a value was repaired
    pub const REPAIRED_VALUE: u16 = 21;
    /// the notation is broken here
    pub const MALFORMED: u16 = 22;
    /// content about a quantity, price, date, party, line or allowance that no rule used
    pub const UNMAPPED_CONTENT: u16 = 23;
    /// a value came behind the record it belongs to
    pub const LATE_VALUE: u16 = 24;
    /// the records of one order are not adjacent
    pub const SPLIT_ORDER: u16 = 25;
    /// the sender marks the message as a test
    pub const TEST_MESSAGE: u16 = 26;
    /// an order of this number and kind was read before in the same input
    pub const DUPLICATE_MESSAGE: u16 = 27;
    /// two different values where one is allowed; the first is kept
    pub const CONFLICTING_VALUES: u16 = 28;
    /// a construct that is refused (DTD, entity, nesting beyond the limit)
    pub const REFUSED_CONSTRUCT: u16 = 29;
    /// a value is below the caller's confidence
    pub const LOW_CONFIDENCE: u16 = 30;
    /// a privacy policy has withheld personal data
    pub const PERSONAL_DATA_WITHHELD: u16 = 31;
    /// content that cannot be read may hold the order
    pub const UNSUPPORTED_CONTENT: u16 = 32;
    /// a named limit was reached here
    pub const CAPACITY_EXCEEDED: u16 = 33;
    /// the message stands without its interchange envelope
    pub const NO_ENVELOPE: u16 = 34;
    /// bytes that belong to no record were read over
    pub const SKIPPED_BYTES: u16 = 35;
    /// the declared character set is not supported; ASCII was read
    pub const UNSUPPORTED_CHARSET: u16 = 36;
    /// a deviation from the notation that harms nothing
    pub const SYNTAX_DEVIATION: u16 = 37;
    /// a version of the message type that is not known; it was read all the same
    pub const UNKNOWN_VERSION: u16 = 38;
    /// an identifier that does not have the form of its scheme; it is kept
    pub const UNKNOWN_IDENTIFIER: u16 = 39;
    /// a quantity or basis of nothing or less, or a price below nothing, where something is ordered
    pub const IMPLAUSIBLE_VALUE: u16 = 41;
    /// a loaded channel was taken before a built-in one that fits as well
    pub const LOADED_CHANNEL: u16 = 42;
}

/// Numbers of the repeated groups.
pub mod group {
    /// Not in a group.
    pub const NONE: u8 = 0;
    /// `carrier`
    pub const CARRIER: u8 = 1;
    /// `discount`
    pub const DISCOUNT: u8 = 2;
    /// `party`
    pub const PARTY: u8 = 3;
    /// `contact`
    pub const CONTACT: u8 = 4;
    /// `reference`
    pub const REFERENCE: u8 = 5;
    /// `note`
    pub const NOTE: u8 = 6;
    /// `allowance`
    pub const ALLOWANCE: u8 = 7;
    /// `attachment`
    pub const ATTACHMENT: u8 = 8;
    /// `attribute`
    pub const ATTRIBUTE: u8 = 9;
    /// `price`
    pub const PRICE: u8 = 10;
    /// `schedule`
    pub const SCHEDULE: u8 = 11;
    /// How many there are, `NONE` among them.
    pub const COUNT: usize = 12;
}

/// Numbers of the domains of code words.
pub mod domain {
    /// No domain.
    pub const NONE: u8 = 0;
    /// `kind`
    pub const KIND: u8 = 1;
    /// `reason`
    pub const REASON: u8 = 2;
    /// `type`
    pub const TYPE: u8 = 3;
    /// `copy`
    pub const COPY: u8 = 4;
    /// `response`
    pub const RESPONSE: u8 = 5;
    /// `role`
    pub const ROLE: u8 = 6;
    /// `scheme`
    pub const SCHEME: u8 = 7;
    /// `reference`
    pub const REFERENCE: u8 = 8;
    /// `allowance`
    pub const ALLOWANCE: u8 = 9;
    /// `action`
    pub const ACTION: u8 = 10;
    /// `price`
    pub const PRICE: u8 = 11;
    /// `status`
    pub const STATUS: u8 = 12;
    /// `verdict`
    pub const VERDICT: u8 = 13;
}

/// The highest field number.
pub const LAST_FIELD: u16 = 167;

pub(super) static FACTS: [Facts; 168] = [
    Facts::NONE,
    Facts::new(b'w', b'-', b'D', b'-', false, 0),
    Facts::new(b'w', b'-', b'D', b'-', false, 0),
    Facts::new(b'w', b'-', b'D', b'-', false, 0),
    Facts::new(b'w', b'-', b'D', b'-', false, 0),
    Facts::new(b't', b'B', b'D', b'-', false, 0),
    Facts::new(b't', b'-', b'D', b'-', false, 0),
    Facts::new(b't', b'B', b'D', b'-', false, 0),
    Facts::new(b't', b'B', b'D', b'-', false, 0),
    Facts::new(b't', b'B', b'D', b'-', false, 0),
    Facts::new(b'd', b'-', b'D', b'd', false, 0),
    Facts::new(b'd', b'-', b'D', b'd', false, 0),
    Facts::new(b'c', b'-', b'D', b'p', false, 0),
    Facts::new(b'c', b'-', b'D', b'-', false, 0),
    Facts::new(b't', b'B', b'D', b'-', false, 0),
    Facts::new(b't', b'B', b'D', b'-', false, 0),
    Facts::new(b'w', b'-', b'D', b'-', false, 0),
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::new(b't', b'P', b'D', b'-', false, 0),
    Facts::new(b't', b'-', b'D', b'-', false, 0),
    Facts::new(b't', b'P', b'D', b'-', false, 0),
    Facts::new(b't', b'P', b'D', b'-', false, 0),
    Facts::new(b'd', b'-', b'D', b'd', false, 0),
    Facts::new(b'f', b'-', b'D', b'-', false, 0),
    Facts::new(b't', b'P', b'D', b'-', false, 0),
    Facts::new(b't', b'T', b'D', b'-', false, 0),
    Facts::NONE,
    Facts::NONE,
    Facts::new(b't', b'-', b'D', b'-', false, 1),
    Facts::new(b't', b'P', b'D', b'-', false, 1),
    Facts::new(b't', b'P', b'D', b'-', false, 1),
    Facts::new(b't', b'P', b'D', b'-', false, 1),
    Facts::new(b'd', b'-', b'D', b'-', false, 1),
    Facts::new(b't', b'T', b'D', b'-', false, 1),
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::new(b'd', b'-', b'B', b'd', false, 0),
    Facts::new(b'd', b'-', b'B', b'd', false, 0),
    Facts::new(b'd', b'-', b'B', b'd', false, 0),
    Facts::new(b'd', b'-', b'B', b'd', false, 0),
    Facts::new(b'd', b'-', b'B', b'd', false, 0),
    Facts::new(b'd', b'-', b'B', b'd', false, 0),
    Facts::new(b'd', b'-', b'B', b'd', false, 0),
    Facts::new(b'f', b'-', b'D', b'-', false, 0),
    Facts::new(b'c', b'-', b'D', b'-', false, 0),
    Facts::new(b't', b'-', b'D', b'-', false, 0),
    Facts::new(b't', b'-', b'B', b'-', false, 0),
    Facts::new(b't', b'-', b'D', b'-', false, 0),
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::new(b't', b'-', b'D', b'-', false, 0),
    Facts::new(b'c', b'-', b'D', b'-', false, 0),
    Facts::new(b'k', b'-', b'D', b'-', false, 0),
    Facts::new(b'k', b'-', b'D', b'-', false, 2),
    Facts::new(b'n', b'-', b'D', b'-', false, 2),
    Facts::new(b'n', b'-', b'D', b'l', false, 0),
    Facts::new(b'n', b'-', b'D', b'q', false, 0),
    Facts::new(b'n', b'-', b'D', b'p', false, 0),
    Facts::new(b'n', b'-', b'D', b'p', false, 0),
    Facts::new(b'n', b'-', b'D', b'p', false, 0),
    Facts::new(b'n', b'-', b'D', b'a', false, 0),
    Facts::new(b'n', b'-', b'D', b'a', false, 0),
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::new(b'w', b'-', b'P', b'r', false, 3),
    Facts::new(b't', b'P', b'P', b'r', true, 3),
    Facts::new(b'w', b'-', b'P', b'-', true, 3),
    Facts::new(b't', b'P', b'P', b'r', true, 3),
    Facts::new(b't', b'P', b'P', b'-', false, 3),
    Facts::new(b't', b'P', b'P', b'-', false, 3),
    Facts::new(b'w', b'-', b'P', b'-', false, 3),
    Facts::new(b't', b'P', b'P', b'r', true, 3),
    Facts::new(b't', b'P', b'P', b'r', false, 3),
    Facts::new(b't', b'P', b'P', b'r', false, 3),
    Facts::new(b't', b'P', b'P', b'-', false, 3),
    Facts::new(b'c', b'P', b'P', b'-', false, 3),
    Facts::new(b't', b'P', b'P', b'-', false, 4),
    Facts::new(b't', b'P', b'P', b'-', false, 4),
    Facts::new(b't', b'P', b'P', b'-', false, 4),
    Facts::new(b't', b'P', b'P', b'-', false, 4),
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::new(b't', b'B', b'B', b'-', false, 5),
    Facts::new(b'w', b'-', b'B', b'-', false, 5),
    Facts::new(b't', b'B', b'B', b'-', false, 5),
    Facts::new(b'd', b'-', b'B', b'd', false, 5),
    Facts::NONE,
    Facts::new(b't', b'T', b'B', b'-', false, 6),
    Facts::new(b'c', b'-', b'B', b'-', false, 6),
    Facts::new(b'c', b'-', b'B', b'-', false, 6),
    Facts::NONE,
    Facts::NONE,
    Facts::new(b'w', b'-', b'B', b'a', false, 7),
    Facts::new(b'n', b'-', b'B', b'a', false, 7),
    Facts::new(b'n', b'-', b'B', b'a', false, 7),
    Facts::new(b'n', b'-', b'B', b'a', false, 7),
    Facts::new(b't', b'-', b'B', b'-', false, 7),
    Facts::new(b'c', b'-', b'B', b'-', false, 7),
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::new(b't', b'P', b'D', b'-', false, 8),
    Facts::new(b't', b'-', b'D', b'-', false, 8),
    Facts::new(b'k', b'-', b'D', b'-', false, 8),
    Facts::new(b'k', b'-', b'D', b'-', false, 8),
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::new(b't', b'-', b'L', b'l', false, 0),
    Facts::new(b't', b'-', b'L', b'l', false, 0),
    Facts::new(b'w', b'-', b'L', b'l', false, 0),
    Facts::new(b't', b'-', b'L', b'l', true, 0),
    Facts::new(b't', b'-', b'L', b'l', true, 0),
    Facts::new(b't', b'-', b'L', b'l', true, 0),
    Facts::new(b't', b'-', b'L', b'l', true, 0),
    Facts::new(b't', b'-', b'L', b'l', true, 0),
    Facts::new(b't', b'-', b'L', b'l', true, 0),
    Facts::new(b't', b'-', b'L', b'l', true, 0),
    Facts::new(b't', b'T', b'L', b'-', false, 0),
    Facts::new(b't', b'-', b'L', b'-', false, 9),
    Facts::new(b't', b'-', b'L', b'-', false, 9),
    Facts::new(b'n', b'-', b'L', b'q', false, 0),
    Facts::new(b'c', b'-', b'L', b'q', false, 0),
    Facts::new(b't', b'-', b'L', b'q', false, 0),
    Facts::new(b'n', b'-', b'L', b'q', false, 0),
    Facts::new(b'n', b'-', b'L', b'q', false, 0),
    Facts::new(b'n', b'-', b'L', b'q', false, 0),
    Facts::new(b'c', b'-', b'L', b'q', false, 0),
    Facts::new(b'n', b'-', b'L', b'q', false, 0),
    Facts::new(b'n', b'-', b'L', b'p', false, 10),
    Facts::new(b'n', b'-', b'L', b'p', false, 10),
    Facts::new(b'c', b'-', b'L', b'p', false, 10),
    Facts::new(b'w', b'-', b'L', b'p', false, 10),
    Facts::new(b'f', b'-', b'L', b'p', false, 10),
    Facts::new(b'c', b'-', b'L', b'p', false, 10),
    Facts::new(b'n', b'-', b'L', b'q', false, 0),
    Facts::new(b'c', b'-', b'L', b'q', false, 0),
    Facts::new(b'n', b'-', b'L', b'p', false, 0),
    Facts::new(b'c', b'-', b'L', b'-', false, 0),
    Facts::new(b'n', b'-', b'L', b'-', false, 0),
    Facts::new(b't', b'B', b'L', b'-', false, 0),
    Facts::new(b'f', b'-', b'L', b'-', false, 0),
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::NONE,
    Facts::new(b'd', b'-', b'L', b'd', false, 11),
    Facts::new(b'n', b'-', b'L', b'q', false, 11),
    Facts::new(b'n', b'-', b'L', b'q', false, 11),
    Facts::new(b't', b'B', b'L', b'-', false, 11),
    Facts::new(b'w', b'-', b'L', b'-', false, 11),
    Facts::new(b'n', b'-', b'L', b'q', false, 0),
    Facts::new(b'd', b'-', b'L', b'd', false, 0),
    Facts::new(b't', b'B', b'L', b'-', false, 0),
];

pub(super) static NAMES: [&str; 168] = [
    "",
    "order.kind",
    "order.reason",
    "order.type",
    "order.copy",
    "order.number",
    "order.revision",
    "order.previous_number",
    "order.other_number",
    "order.seller_number",
    "order.issued",
    "order.valid_until",
    "order.currency",
    "order.language",
    "order.buyer_reference",
    "order.cost_centre",
    "order.response_requested",
    "",
    "",
    "",
    "message.id",
    "message.interchange",
    "message.sender",
    "message.recipient",
    "message.sent",
    "message.test",
    "message.reply_to",
    "message.subject",
    "",
    "",
    "carrier.channel",
    "carrier.id",
    "carrier.sender",
    "carrier.recipient",
    "carrier.sent",
    "carrier.subject",
    "",
    "",
    "",
    "",
    "delivery.requested",
    "delivery.earliest",
    "delivery.latest",
    "delivery.cancel_after",
    "dispatch.requested",
    "dispatch.earliest",
    "dispatch.latest",
    "delivery.partial",
    "delivery.incoterm",
    "delivery.place",
    "delivery.unloading_point",
    "delivery.method",
    "",
    "",
    "",
    "payment.terms",
    "payment.means",
    "payment.days",
    "discount.days",
    "discount.percent",
    "totals.lines",
    "totals.quantity",
    "totals.net",
    "totals.tax",
    "totals.gross",
    "totals.allowances",
    "totals.charges",
    "",
    "",
    "",
    "party.role",
    "party.id",
    "party.id.scheme",
    "party.name",
    "party.department",
    "party.endpoint",
    "party.endpoint.scheme",
    "party.street",
    "party.city",
    "party.postcode",
    "party.region",
    "party.country",
    "party.contact.name",
    "party.contact.phone",
    "party.contact.fax",
    "party.contact.email",
    "",
    "",
    "",
    "",
    "reference",
    "reference.type",
    "reference.line",
    "reference.date",
    "",
    "note",
    "note.subject",
    "note.language",
    "",
    "",
    "allowance.kind",
    "allowance.amount",
    "allowance.percent",
    "allowance.base_amount",
    "allowance.reason",
    "allowance.code",
    "",
    "",
    "",
    "",
    "attachment.name",
    "attachment.media_type",
    "attachment.at",
    "attachment.length",
    "",
    "",
    "",
    "",
    "",
    "",
    "line.number",
    "line.parent",
    "line.action",
    "line.gtin",
    "line.seller_id",
    "line.buyer_id",
    "line.manufacturer_id",
    "line.isbn",
    "line.pzn",
    "line.other_id",
    "line.description",
    "line.attribute.name",
    "line.attribute",
    "line.quantity",
    "line.unit",
    "line.unit_text",
    "line.quantity_change",
    "line.quantity_before",
    "line.pack",
    "line.pack_unit",
    "line.free_quantity",
    "line.price",
    "line.price_basis",
    "line.price_unit",
    "line.price_kind",
    "line.price_tax_included",
    "line.currency",
    "line.price_quantity",
    "line.price_quantity_unit",
    "line.amount",
    "line.tax_category",
    "line.tax_percent",
    "line.cost_centre",
    "line.partial",
    "",
    "",
    "",
    "",
    "",
    "",
    "schedule.date",
    "schedule.quantity",
    "schedule.cumulative",
    "schedule.location",
    "schedule.status",
    "received.cumulative",
    "received.last_date",
    "received.delivery_note",
];

pub(super) static JSON_PATHS: [&str; 168] = [
    "",
    "kind",
    "reason",
    "type",
    "copy",
    "number",
    "revision",
    "previous_number",
    "other_number",
    "seller_number",
    "issued",
    "valid_until",
    "currency",
    "language",
    "buyer_reference",
    "cost_centre",
    "response_requested",
    "",
    "",
    "",
    "message.id",
    "message.interchange",
    "message.sender",
    "message.recipient",
    "message.sent",
    "message.test",
    "message.reply_to",
    "message.subject",
    "",
    "",
    "carriers[].channel",
    "carriers[].id",
    "carriers[].sender",
    "carriers[].recipient",
    "carriers[].sent",
    "carriers[].subject",
    "",
    "",
    "",
    "",
    "delivery.requested",
    "delivery.earliest",
    "delivery.latest",
    "delivery.cancel_after",
    "dispatch.requested",
    "dispatch.earliest",
    "dispatch.latest",
    "delivery.partial",
    "delivery.incoterm",
    "delivery.place",
    "delivery.unloading_point",
    "delivery.method",
    "",
    "",
    "",
    "payment.terms",
    "payment.means",
    "payment.days",
    "payment.discounts[].days",
    "payment.discounts[].percent",
    "totals.lines",
    "totals.quantity",
    "totals.net",
    "totals.tax",
    "totals.gross",
    "totals.allowances",
    "totals.charges",
    "",
    "",
    "",
    "parties[].role",
    "parties[].ids[].value",
    "parties[].ids[].scheme",
    "parties[].name",
    "parties[].department",
    "parties[].endpoint.value",
    "parties[].endpoint.scheme",
    "parties[].street[]",
    "parties[].city",
    "parties[].postcode",
    "parties[].region",
    "parties[].country",
    "parties[].contact.name",
    "parties[].contact.phone",
    "parties[].contact.fax",
    "parties[].contact.email",
    "",
    "",
    "",
    "",
    "references[].value",
    "references[].type",
    "references[].line",
    "references[].date",
    "",
    "notes[].text",
    "notes[].subject",
    "notes[].language",
    "",
    "",
    "allowances[].kind",
    "allowances[].amount",
    "allowances[].percent",
    "allowances[].base_amount",
    "allowances[].reason",
    "allowances[].code",
    "",
    "",
    "",
    "",
    "attachments[].name",
    "attachments[].media_type",
    "attachments[].at",
    "attachments[].length",
    "",
    "",
    "",
    "",
    "",
    "",
    "lines[].number",
    "lines[].parent",
    "lines[].action",
    "lines[].items[].gtin",
    "lines[].items[].seller",
    "lines[].items[].buyer",
    "lines[].items[].manufacturer",
    "lines[].items[].isbn",
    "lines[].items[].pzn",
    "lines[].items[].other",
    "lines[].description",
    "lines[].attributes[].name",
    "lines[].attributes[].value",
    "lines[].quantity.value",
    "lines[].quantity.unit",
    "lines[].quantity.unit_text",
    "lines[].quantity_change.value",
    "lines[].quantity_before.value",
    "lines[].pack.value",
    "lines[].pack.unit",
    "lines[].free_quantity",
    "lines[].price.value",
    "lines[].price.basis",
    "lines[].price.unit",
    "lines[].price.kind",
    "lines[].price.tax_included",
    "lines[].price.currency",
    "lines[].price_quantity.value",
    "lines[].price_quantity.unit",
    "lines[].amount",
    "lines[].tax.category",
    "lines[].tax.percent",
    "lines[].cost_centre",
    "lines[].partial",
    "",
    "",
    "",
    "",
    "",
    "",
    "lines[].schedules[].date",
    "lines[].schedules[].quantity",
    "lines[].schedules[].cumulative",
    "lines[].schedules[].location",
    "lines[].schedules[].status",
    "lines[].received.cumulative",
    "lines[].received.last_date",
    "lines[].received.delivery_note",
];

pub(super) static WORDS: [WordFacts; 89] = [
    WordFacts { number: 1, domain: 1, word: "order" },
    WordFacts { number: 2, domain: 1, word: "change" },
    WordFacts { number: 3, domain: 1, word: "replace" },
    WordFacts { number: 4, domain: 1, word: "cancel" },
    WordFacts { number: 5, domain: 1, word: "schedule" },
    WordFacts { number: 6, domain: 1, word: "quote_request" },
    WordFacts { number: 7, domain: 1, word: "cart" },
    WordFacts { number: 8, domain: 1, word: "status_query" },
    WordFacts { number: 9, domain: 1, word: "not_an_order" },
    WordFacts { number: 20, domain: 2, word: "invoice" },
    WordFacts { number: 21, domain: 2, word: "order_response" },
    WordFacts { number: 22, domain: 2, word: "despatch" },
    WordFacts { number: 23, domain: 2, word: "catalogue" },
    WordFacts { number: 24, domain: 2, word: "delivery_receipt" },
    WordFacts { number: 25, domain: 2, word: "own_message" },
    WordFacts { number: 26, domain: 2, word: "bot_message" },
    WordFacts { number: 27, domain: 2, word: "reaction" },
    WordFacts { number: 28, domain: 2, word: "deleted" },
    WordFacts { number: 29, domain: 2, word: "greeting" },
    WordFacts { number: 30, domain: 2, word: "complaint" },
    WordFacts { number: 31, domain: 2, word: "question" },
    WordFacts { number: 32, domain: 2, word: "service_event" },
    WordFacts { number: 33, domain: 2, word: "automatic_reply" },
    WordFacts { number: 34, domain: 2, word: "advertising" },
    WordFacts { number: 35, domain: 2, word: "encrypted" },
    WordFacts { number: 36, domain: 2, word: "unsupported" },
    WordFacts { number: 37, domain: 2, word: "other" },
    WordFacts { number: 50, domain: 3, word: "standard" },
    WordFacts { number: 51, domain: 3, word: "blanket" },
    WordFacts { number: 52, domain: 3, word: "call_off" },
    WordFacts { number: 53, domain: 3, word: "rush" },
    WordFacts { number: 54, domain: 3, word: "consignment" },
    WordFacts { number: 55, domain: 3, word: "sample" },
    WordFacts { number: 56, domain: 3, word: "drop_ship" },
    WordFacts { number: 57, domain: 3, word: "spare_parts" },
    WordFacts { number: 70, domain: 4, word: "duplicate" },
    WordFacts { number: 71, domain: 4, word: "copy" },
    WordFacts { number: 72, domain: 4, word: "resent" },
    WordFacts { number: 76, domain: 5, word: "none" },
    WordFacts { number: 77, domain: 5, word: "acknowledgement" },
    WordFacts { number: 78, domain: 5, word: "full" },
    WordFacts { number: 80, domain: 6, word: "buyer" },
    WordFacts { number: 81, domain: 6, word: "seller" },
    WordFacts { number: 82, domain: 6, word: "ship_to" },
    WordFacts { number: 83, domain: 6, word: "bill_to" },
    WordFacts { number: 84, domain: 6, word: "payer" },
    WordFacts { number: 85, domain: 6, word: "end_customer" },
    WordFacts { number: 86, domain: 6, word: "ship_from" },
    WordFacts { number: 87, domain: 6, word: "carrier" },
    WordFacts { number: 88, domain: 6, word: "originator" },
    WordFacts { number: 100, domain: 7, word: "vat" },
    WordFacts { number: 101, domain: 7, word: "assigned_by_buyer" },
    WordFacts { number: 102, domain: 7, word: "assigned_by_seller" },
    WordFacts { number: 103, domain: 7, word: "phone" },
    WordFacts { number: 104, domain: 7, word: "email" },
    WordFacts { number: 105, domain: 7, word: "chat" },
    WordFacts { number: 120, domain: 8, word: "contract" },
    WordFacts { number: 121, domain: 8, word: "blanket" },
    WordFacts { number: 122, domain: 8, word: "quotation" },
    WordFacts { number: 123, domain: 8, word: "project" },
    WordFacts { number: 124, domain: 8, word: "promotion" },
    WordFacts { number: 125, domain: 8, word: "price_list" },
    WordFacts { number: 126, domain: 8, word: "requisition" },
    WordFacts { number: 127, domain: 8, word: "tender" },
    WordFacts { number: 128, domain: 8, word: "end_customer_order" },
    WordFacts { number: 129, domain: 8, word: "department" },
    WordFacts { number: 130, domain: 8, word: "vendor_number" },
    WordFacts { number: 131, domain: 8, word: "delivery_note" },
    WordFacts { number: 132, domain: 8, word: "release" },
    WordFacts { number: 150, domain: 9, word: "allowance" },
    WordFacts { number: 151, domain: 9, word: "charge" },
    WordFacts { number: 160, domain: 10, word: "add" },
    WordFacts { number: 161, domain: 10, word: "change" },
    WordFacts { number: 162, domain: 10, word: "delete" },
    WordFacts { number: 163, domain: 10, word: "unchanged" },
    WordFacts { number: 170, domain: 11, word: "net" },
    WordFacts { number: 171, domain: 11, word: "gross" },
    WordFacts { number: 172, domain: 11, word: "list" },
    WordFacts { number: 173, domain: 11, word: "unknown" },
    WordFacts { number: 180, domain: 12, word: "firm" },
    WordFacts { number: 181, domain: 12, word: "forecast" },
    WordFacts { number: 182, domain: 12, word: "backlog" },
    WordFacts { number: 183, domain: 12, word: "immediate" },
    WordFacts { number: 184, domain: 12, word: "authorise_manufacturing" },
    WordFacts { number: 185, domain: 12, word: "authorise_material" },
    WordFacts { number: 200, domain: 13, word: "accepted" },
    WordFacts { number: 201, domain: 13, word: "review" },
    WordFacts { number: 202, domain: 13, word: "rejected" },
    WordFacts { number: 203, domain: 13, word: "not_an_order" },
];

pub(super) static EFFECTS: [Effect; 43] = [
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Info, review: false },
    Effect { severity: Severity::Info, review: false },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Info, review: false },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Info, review: false },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Info, review: false },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Info, review: false },
    Effect { severity: Severity::Info, review: false },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Info, review: false },
    Effect { severity: Severity::Info, review: false },
    Effect { severity: Severity::Warning, review: false },
    Effect { severity: Severity::Error, review: true },
    Effect { severity: Severity::Warning, review: true },
    Effect { severity: Severity::Info, review: false },
];

pub(super) static FINDINGS: [FindingFacts; 41] = [
    FindingFacts { number: 1, name: "short_record", text: "a record has fewer fields than its channel needs" },
    FindingFacts { number: 2, name: "long_record", text: "a record has more fields than its header" },
    FindingFacts { number: 3, name: "unknown_code", text: "a code that the channel does not know; it is kept as written" },
    FindingFacts { number: 4, name: "defaulted", text: "the value is absent in the message; the channel's default was taken" },
    FindingFacts { number: 5, name: "ambiguous_decimal", text: "two readings of a number; the value is absent" },
    FindingFacts { number: 6, name: "ambiguous_date", text: "two readings of a date; the value is absent" },
    FindingFacts { number: 7, name: "invalid_date", text: "not a date in its declared format; the value is absent" },
    FindingFacts { number: 8, name: "invalid_number", text: "not a number in its declared format; the value is absent" },
    FindingFacts { number: 9, name: "lossy_identifier", text: "a spreadsheet has turned an identifier into a rounded number" },
    FindingFacts { number: 10, name: "bad_check_digit", text: "the check digit of an identifier is wrong; it is kept" },
    FindingFacts { number: 11, name: "repeated_value", text: "the same value stands here twice" },
    FindingFacts { number: 12, name: "missing_required", text: "a required value is absent" },
    FindingFacts { number: 13, name: "count_mismatch", text: "a declared count differs from what was read" },
    FindingFacts { number: 14, name: "total_mismatch", text: "a declared total differs from what was read" },
    FindingFacts { number: 15, name: "reference_mismatch", text: "two control references that must agree differ" },
    FindingFacts { number: 16, name: "unknown_unit", text: "a unit that is neither a UNECE code nor a known word" },
    FindingFacts { number: 17, name: "charset_guessed", text: "the declared character set cannot be right; it was told from the bytes" },
    FindingFacts { number: 18, name: "charset_mismatch", text: "bytes that the declared character set does not have were replaced" },
    FindingFacts { number: 19, name: "truncated", text: "the message ends before its end mark" },
    FindingFacts { number: 20, name: "unterminated", text: "an end mark is missing" },
    FindingFacts { number: 21, name: "repaired_value", text: "a value was repaired" },
    FindingFacts { number: 22, name: "malformed", text: "the notation is broken here" },
    FindingFacts { number: 23, name: "unmapped_content", text: "content about a quantity, price, date, party, line or allowance that no rule used" },
    FindingFacts { number: 24, name: "late_value", text: "a value came behind the record it belongs to" },
    FindingFacts { number: 25, name: "split_order", text: "the records of one order are not adjacent" },
    FindingFacts { number: 26, name: "test_message", text: "the sender marks the message as a test" },
    FindingFacts { number: 27, name: "duplicate_message", text: "an order of this number and kind was read before in the same input" },
    FindingFacts { number: 28, name: "conflicting_values", text: "two different values where one is allowed; the first is kept" },
    FindingFacts { number: 29, name: "refused_construct", text: "a construct that is refused (DTD, entity, nesting beyond the limit)" },
    FindingFacts { number: 30, name: "low_confidence", text: "a value is below the caller's confidence" },
    FindingFacts { number: 31, name: "personal_data_withheld", text: "a privacy policy has withheld personal data" },
    FindingFacts { number: 32, name: "unsupported_content", text: "content that cannot be read may hold the order" },
    FindingFacts { number: 33, name: "capacity_exceeded", text: "a named limit was reached here" },
    FindingFacts { number: 34, name: "no_envelope", text: "the message stands without its interchange envelope" },
    FindingFacts { number: 35, name: "skipped_bytes", text: "bytes that belong to no record were read over" },
    FindingFacts { number: 36, name: "unsupported_charset", text: "the declared character set is not supported; ASCII was read" },
    FindingFacts { number: 37, name: "syntax_deviation", text: "a deviation from the notation that harms nothing" },
    FindingFacts { number: 38, name: "unknown_version", text: "a version of the message type that is not known; it was read all the same" },
    FindingFacts { number: 39, name: "unknown_identifier", text: "an identifier that does not have the form of its scheme; it is kept" },
    FindingFacts { number: 41, name: "implausible_value", text: "a quantity or basis of nothing or less, or a price below nothing, where something is ordered" },
    FindingFacts { number: 42, name: "loaded_channel", text: "a loaded channel was taken before a built-in one that fits as well" },
];

pub(super) static GROUP_NAMES: &[&str] = &["", "carrier", "discount", "party", "contact", "reference", "note", "allowance", "attachment", "attribute", "price", "schedule"];
