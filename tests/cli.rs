//! The command line as a user meets it: the built program, its output, its exit codes.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use ordnorm_tests::samples;
use serde_json::Value;

/// The program, built in the profile that this test was built in.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let test = std::env::current_exe().expect("a test has a path");
        let folder = test.ancestors().nth(2).expect("target/PROFILE/deps/test");
        let target = folder.parent().expect("target");
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build.args(["build", "--quiet", "--package", "ordnorm-cli", "--target-dir"]).arg(target);
        if folder.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().expect("cargo runs").success(), "the program does not build");
        folder.join(format!("ordnorm{}", std::env::consts::EXE_SUFFIX))
    })
}

/// A folder of one test, which goes with it.
struct Folder(PathBuf);

impl std::ops::Deref for Folder {
    type Target = Path;

    fn deref(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn folder(name: &str) -> Folder {
    let folder = std::env::temp_dir().join(format!("ordnorm-cli-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for the test");
    Folder(folder)
}

/// What the program answered.
struct Answer {
    code: i32,
    out: String,
    err: String,
}

impl Answer {
    fn of(output: &Output) -> Answer {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
        let err = text(&output.stderr);
        assert!(!err.contains("panicked"), "{err}");
        Answer { code: output.status.code().expect("it ends by itself"), out: text(&output.stdout), err }
    }

    /// Each line of the output is one object.
    fn orders(&self) -> Vec<Value> {
        assert!(self.out.is_empty() || self.out.ends_with('\n'));
        self.out
            .lines()
            .map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}")))
            .collect()
    }

    /// It ended with 2 and one line on standard error, which has these words.
    fn is_wrong(&self, words: &[&str]) {
        assert_eq!(self.code, 2, "{}", self.err);
        assert_eq!(self.err.lines().count(), 1, "{}", self.err);
        assert!(self.err.starts_with("ordnorm: "), "{}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word} is missing: {}", self.err);
        }
    }
}

fn run(args: &[&str]) -> Answer {
    let output = Command::new(program()).args(args).stdin(Stdio::null()).output();
    Answer::of(&output.expect("the program runs"))
}

/// Runs with bytes on standard input.
fn feed(args: &[&str], bytes: &[u8]) -> Answer {
    let mut child = Command::new(program())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("a pipe");
    let bytes = bytes.to_vec();
    // A program that has seen enough closes its input.
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    Answer::of(&output)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path of UTF-8")
}

const EDIFACT: &[u8] =
    b"UNB+UNOC:3+4012345000009:14+5412345000013:14+260115:0900+1'UNH+1+ORDERS:D:96A:UN'BGM+220+4711+9'\
DTM+137:20260115:102'NAD+BY+4012345000009::9'LIN+1++4000862141404:EN'QTY+21:48:PCE'UNS+S'UNT+8+1'UNZ+1+1'";
const CSV: &[u8] = b"Bestellnr;Artikel;Menge\n4711;A-1;3\n4712;A-2;5\n";
const ACME: &str = "channel acme 1\nsyntax csv separator ;\ndetect header has Bestellnr Artikel Menge\n\
message by Bestellnr\nheader\n  order.kind = order\n  order.number Bestellnr\nline\n  line.buyer_id Artikel\n  \
line.quantity Menge\n";

#[test]
fn orders_come_one_a_line_in_the_order_of_the_message() {
    let answer = feed(&[], CSV);
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert_eq!(
        answer.out,
        "{\"schema\":\"ordnorm/1\",\"channel\":\"csv-order\",\"kind\":\"order\",\"number\":\"4711\",\"lines\":[{\"seq\":1,\
         \"items\":[{\"scheme\":\"seller\",\"value\":\"A-1\"}],\"quantity\":{\"value\":\"3\"}}],\"verdict\":\"accepted\",\
         \"unmapped\":{\"unknown\":0,\"ignored\":0}}\n\
         {\"schema\":\"ordnorm/1\",\"channel\":\"csv-order\",\"kind\":\"order\",\"number\":\"4712\",\"lines\":[{\"seq\":1,\
         \"items\":[{\"scheme\":\"seller\",\"value\":\"A-2\"}],\"quantity\":{\"value\":\"5\"}}],\"verdict\":\"accepted\",\
         \"unmapped\":{\"unknown\":0,\"ignored\":0}}\n"
    );
    assert_eq!(feed(&["-"], CSV).out, answer.out);
}

/// Every sample: valid lines, the number of orders, the exit code that its verdicts ask for; the same
/// from a file and from standard input; `--explain` and `--detect` agree.
#[test]
fn samples_end_with_the_code_of_their_verdicts() {
    let channels = [
        ("edifact-orders", ".edi"),
        ("csv-order", ".csv"),
        ("whatsapp-order", ".payload.json"),
        ("ordnorm-json", ".json"),
        ("oci-cart", ".form"),
    ];
    for (channel, ending) in channels {
        let mut count = 0;
        for file in fs::read_dir(samples(channel)).expect("samples") {
            let path = file.expect("a sample").path();
            let Some(case) = text(&path).strip_suffix(ending) else { continue };
            count += 1;
            let arguments = fs::read_to_string(format!("{case}.args")).unwrap_or_default();
            let mut args: Vec<&str> = arguments.split_whitespace().collect();
            let channel_file = format!("{case}.chan");
            let loads: &[&str] =
                if fs::exists(&channel_file).unwrap_or(false) { &["--load", &channel_file] } else { &[] };
            args.extend_from_slice(loads);
            let bytes = fs::read(&path).expect("a readable sample");
            let piped = feed(&args, &bytes);
            args.push(text(&path));
            let answer = run(&args);
            let expected = fs::read_to_string(format!("{case}.json")).expect("expected orders");
            let verdicts: Vec<String> = expected
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["verdict"].to_string())
                .collect();
            let got: Vec<String> = answer.orders().iter().map(|order| order["verdict"].to_string()).collect();
            assert_eq!(got, verdicts, "{case}");
            let code = i32::from(verdicts.iter().any(|v| v != "\"accepted\""));
            assert_eq!((answer.code, answer.err.as_str()), (code, ""), "{case}");
            assert_eq!((piped.code, piped.out), (answer.code, answer.out), "{case}");
            args.push("--explain");
            let explained = run(&args);
            assert_eq!(explained.code, code, "{case}");
            assert!(!explained.out.contains('\x1b'), "{case}: colours without a terminal");
            let detected = run(&[loads, &["--detect", text(&path)]].concat());
            let first = detected.out.lines().next().unwrap_or("");
            assert!(detected.code == 0 && first.contains(": read as "), "{case}: {first}");
        }
        assert!(count > 3, "{channel}: no samples");
    }
}

#[test]
fn orders_behind_a_document_that_nobody_knows_are_read() {
    let known = fs::read_to_string("samples/whatsapp-order/catalogue-order.payload.json").expect("a sample");
    let known: String = known.lines().map(str::trim).collect();
    let file = format!("{{\"a\":1}}\n{known}\n{{\"b\":2}}\n{known}\n");
    for options in [&[][..], &["--provenance"], &["--explain"]] {
        let answer = feed(options, file.as_bytes());
        let places: Vec<&str> =
            answer.err.lines().filter_map(|line| Some(line.rsplit_once("line ")?.1)).collect();
        assert_eq!((answer.code, places), (2, vec!["1, column 1)", "3, column 1)"]), "{}", answer.err);
        let found = answer.out.matches("wamid.SAMPLE-1").count();
        assert!(found >= 2, "{options:?}: {}", answer.out);
    }
}

#[test]
fn several_files_go_on_after_a_bad_one_and_the_worst_code_wins() {
    let folder = folder("several");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).expect("a file");
        text(&path).to_owned()
    };
    let (good, bad) = (file("good.edi", EDIFACT), file("bad.bin", &[200, 1, 0, 3]));
    let (missing, review) =
        (text(&folder.join("missing")).to_owned(), file("review.csv", b"Bestellnr;Artikel;Menge\n1;A;0\n"));
    let answer = run(&[&good, &bad, &missing, text(&folder), &good]);
    assert_eq!((answer.code, answer.orders().len()), (2, 2));
    let complaints: Vec<&str> = answer.err.lines().collect();
    assert_eq!(complaints.len(), 3, "{}", answer.err);
    assert!(
        complaints[0].contains("bad.bin: no channel recognises this message; it is binary data (byte 0)"),
        "{}",
        answer.err
    );
    assert!(complaints[1].contains("missing: there is no such file"));
    assert!(complaints[2].contains("this is a directory"));
    assert_eq!(run(&[&good, &review, &good]).code, 1);
    assert_eq!(run(&[&review, &bad, &good]).code, 2);
}

/// Bytes that look like chance, the same in each run.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    })
    .take(length)
    .collect()
}

#[test]
fn what_is_no_message_ends_with_2_and_says_why() {
    feed(&[], b"").is_wrong(&["standard input", "empty", "byte 0"]);
    feed(&[], b" \r\n\t ").is_wrong(&["empty"]);
    feed(&[], &[0, 1, 2]).is_wrong(&["no readable character"]);
    feed(&[], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").is_wrong(&["a PNG image", "byte 0"]);
    feed(&[], b"\xFF\xD8\xFF\xE0\0\x10JFIF").is_wrong(&["a JPEG image"]);
    feed(&[], b"%PDF-1.7\n").is_wrong(&["a PDF document"]);
    feed(&[], b"PK\x03\x04\x14\0\0\0").is_wrong(&["Excel"]);
    feed(&[], b"{\"hello\": 1}").is_wrong(&["JSON", "byte 0, line 1, column 1"]);
    feed(&[], b"Name;Ort\nA;B\n").is_wrong(&["--detect"]);
    feed(&[], b"UNA:+.? 'UNB+UNOC:3+1:14+2:14+260115:0900+1'UNZ+0+1'").is_wrong(&["no message"]);
    for seed in 0..60 {
        let bytes = noise(seed, 1 + seed as usize * 97);
        let answer = feed(&[], &bytes);
        assert_eq!((answer.code, answer.out.as_str()), (2, ""), "seed {seed}");
        assert_eq!(feed(&["--explain"], &bytes).code, 2);
        assert_eq!(feed(&["--detect"], &bytes).code, 2);
    }
    for (begin, seed) in [
        (&b"UNB+UNOC:3+"[..], 1),
        (b"UNH+1+ORDERS:D:96A:UN'", 2),
        (b"{\"object\":\"whatsapp_business_account\",", 3),
    ] {
        let mut bytes = begin.to_vec();
        bytes.extend(noise(seed, 3000));
        let answer = feed(&[], &bytes);
        assert_ne!(answer.code, 0, "{}", answer.out);
        assert!(!answer.out.contains("\"accepted\""));
        feed(&["--explain"], &bytes);
    }
}

#[test]
fn a_message_cut_short_is_never_an_accepted_order() {
    // Without the last terminator nothing is lost.
    for end in 0..EDIFACT.len() - 1 {
        let cut = feed(&[], &EDIFACT[..end]);
        assert_ne!(cut.code, 0, "cut at {end}: {}", cut.out);
        for order in cut.orders() {
            assert_ne!(order["verdict"], "accepted", "cut at {end}");
        }
        if cut.code == 2 {
            cut.is_wrong(&["byte "]);
        }
    }
}

#[test]
fn wrong_usage_ends_with_2_and_one_line() {
    run(&["--chanel", "x"]).is_wrong(&["--chanel", "--channel"]);
    run(&["--min-confidence", "101"]).is_wrong(&["101", "0..=100"]);
    run(&["--as-of", "2026-02-30"]).is_wrong(&["2026-02-30", "2026-03-13"]);
    run(&["--as-of", "yesterday"]).is_wrong(&["yesterday"]);
    run(&["--locale", "xx"]).is_wrong(&["--locale xx", "de-DE"]);
    run(&["--channel", "edifact-order"]).is_wrong(&["did you mean edifact-orders?"]);
    run(&["--channel", "zzz"]).is_wrong(&["--list"]);
    for policy in ["mask", "drop", "pseudonymise", "my.policy"] {
        let answer = run(&["--privacy", policy]);
        answer.is_wrong(&[policy, "the only one is keep"]);
        assert_eq!(answer.out, "");
    }
    run(&["--detect", "--explain"]).is_wrong(&["--detect", "--explain"]);
    run(&["--load"]).is_wrong(&["--load"]);
    let help = run(&["--help"]);
    assert!(help.code == 0 && help.out.contains("--min-confidence"));
    assert_eq!(run(&["--version"]).out.trim(), concat!("ordnorm ", env!("CARGO_PKG_VERSION")));
}

#[test]
fn options_reach_the_reader() {
    let named = feed(&["--channel", "edifact-message"], EDIFACT);
    assert_eq!((named.code, &named.orders()[0]["channel"]), (1, &Value::from("edifact-message")));
    feed(&["--channel", "csv-order"], EDIFACT).is_wrong(&["not a message that the channel csv-order reads"]);
    // Accepted, whether or not a channel has use for them.
    let all = [
        "--own",
        "4012345000009",
        "--own",
        "me@example.com",
        "--as-of",
        "2026-03-13",
        "--privacy",
        "keep",
        "--show-secrets",
    ];
    assert_eq!(feed(&all, CSV).code, 0);
    let locale = b"Bestellnr;Artikel;Menge\n4711;A-1;1.234\n";
    let quantity = |args: &[&str]| feed(args, locale).orders()[0]["lines"][0]["quantity"]["value"].clone();
    assert_eq!(quantity(&["--locale", "de-DE"]), "1234");
    assert_eq!(quantity(&["--locale", "en-US"]), "1.234");
    assert_eq!(quantity(&[]), Value::Null);
}

#[test]
fn provenance_points_at_the_bytes_of_each_value() {
    let answer = feed(&["--provenance"], EDIFACT);
    let order = &answer.orders()[0];
    let places = order["provenance"].as_object().expect("provenance");
    for (pointer, place) in places {
        assert!(order.pointer(pointer).is_some(), "{pointer}");
        let (at, length) =
            (place[0].as_u64().expect("at") as usize, place[1].as_u64().expect("length") as usize);
        assert!(at + length <= EDIFACT.len(), "{pointer}");
    }
    let quantity = &order["provenance"]["/lines/0/quantity/value"];
    let at = quantity[0].as_u64().expect("a place") as usize;
    assert_eq!(&EDIFACT[at..at + 2], b"48");
    assert_eq!((&quantity[2], &quantity[3]), (&Value::from("explicit"), &Value::from(100)));
    assert!(!feed(&[], EDIFACT).out.contains("provenance"));
}

#[test]
fn channels_are_listed() {
    let answer = run(&["--list"]);
    assert_eq!(answer.code, 0);
    for name in ["edifact-orders", "csv-order", "whatsapp-order", "ordnorm-json", "oci-cart"] {
        assert!(answer.out.lines().any(|line| line.starts_with(name) && line.contains("built in")), "{name}");
    }
}

#[test]
fn channels_are_loaded() {
    let folder = folder("load");
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    };
    let acme = file("acme.chan", ACME);
    let answer = feed(&["--load", &acme], CSV);
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert_eq!(answer.orders()[0]["channel"], "acme");
    assert_eq!(answer.orders()[0]["lines"][0]["items"][0]["scheme"], "buyer");
    let list = run(&["--load", &acme, "--list"]).out;
    assert!(list.starts_with("acme") && list.contains("acme.chan"), "{list}");

    // Two that fit equally well: nobody chooses for the user.
    let other = file("other.chan", &ACME.replace("channel acme", "channel other"));
    feed(&["--load", &acme, "--load", &other], CSV).is_wrong(&["two channels", "--detect", "byte 0"]);
    assert_eq!(
        feed(&["--load", &acme, "--load", &other, "--channel", "other"], CSV).orders()[0]["channel"],
        "other"
    );
    let ranking = feed(&["--load", &acme, "--load", &other, "--detect"], CSV);
    assert_eq!(ranking.code, 2);
    assert!(ranking.out.contains("ambiguous, acme and other"), "{}", ranking.out);

    // On equal facts a loaded one goes before a built-in one, and says so.
    let own = file(
        "own.chan",
        "channel own 1\nsyntax edifact\ndetect UNH/2.1 in ORDERS ORDCHG\nheader\n  order.kind = order\n  order.number BGM/2.1\nignore *\n",
    );
    let answer = feed(&["--load", &own], EDIFACT);
    let order = &answer.orders()[0];
    assert_eq!(
        (&order["channel"], &order["findings"][0]["code"]),
        (&Value::from("own"), &Value::from("loaded_channel"))
    );
    assert!(
        feed(&["--load", &own, "--detect"], EDIFACT).out.contains("read as own; edifact-orders fits as well")
    );

    // A channel that extends a built-in one.
    let partner = file("partner.chan", "channel partner 1 extends edifact-orders for sender 4012345000009\n");
    let ranking = feed(&["--load", &partner, "--detect"], EDIFACT).out;
    assert!(
        ranking.contains("read as partner\n")
            && ranking.contains("edifact-orders (built in): fits; partner asks"),
        "{ranking}"
    );
    let other_sender = String::from_utf8_lossy(EDIFACT).replace("4012345000009:14", "4099999000007:14");
    let ranking = feed(&["--load", &partner, "--detect"], other_sender.as_bytes()).out;
    assert!(ranking.contains("no  UNB/2.1 = 4012345000009: found \"4099999000007\""), "{ranking}");
    let orphan = file("orphan.chan", "channel orphan 1 extends edifact-order\n");
    let answer = run(&["--load", &orphan, "--list"]);
    assert!(answer.code == 2 && answer.err.contains("orphan.chan:1:26: "), "{}", answer.err);

    let wrong = file("wrong.chan", &ACME.replace("line.quantity", "line.quantty"));
    let answer = feed(&["--load", &wrong], CSV);
    assert_eq!(answer.code, 2);
    let lines: Vec<&str> = answer.err.lines().collect();
    assert_eq!(
        lines[0],
        format!(
            "ordnorm: {wrong}:10:3: unknown field; expected a field of the vocabulary; did you mean line.quantity?"
        )
    );
    assert_eq!(lines[1..], ["      line.quantty Menge", "      ^"]);
    run(&["--load", &acme, "--load", &acme]).is_wrong(&["there is a channel acme already"]);
    run(&["--load", "nowhere.chan"]).is_wrong(&["nowhere.chan"]);
    let binary = folder.join("binary.chan");
    fs::write(&binary, [b'c', 0xFF, 0xFE]).expect("a file");
    run(&["--load", text(&binary)]).is_wrong(&["UTF-8", "byte 1"]);
}

#[test]
fn detection_shows_its_evidence() {
    let answer = feed(&["--detect"], EDIFACT);
    let others = run(&["--list"]).out.lines().filter(|line| !line.contains(" edifact ")).count();
    assert_eq!(
        answer.out.replace(&format!("; {others} channels"), "; N channels"),
        "standard input: read as edifact-orders\n\
         > edifact-orders (built in): fits\n    \
             yes UNH/2.1 in ORDERS ORDCHG: \"ORDERS\" (byte 65, line 1, column 66)\n  \
           edifact-message (built in): fits; edifact-orders asks for the same and for more\n    \
             yes UNH/2.1: \"ORDERS\" (byte 65, line 1, column 66)\n  \
           edifact-schedule (built in): does not fit, 0 of 1 facts hold\n    \
             no  UNH/2.1 in DELFOR DELJIT: found \"ORDERS\" (byte 65, line 1, column 66)\n  \
           The message looks like edifact; N channels of other notations were not asked.\n"
    );
    let answer = feed(&["--detect"], b"Bestellnr;Teil;Menge\n1;2;3\n");
    answer.is_wrong(&["no channel"]);
    assert!(
        answer.out.contains("yes header has quantity: \"Menge\" (byte 15, line 1, column 16)"),
        "{}",
        answer.out
    );
    assert!(
        answer.out.contains(
            "no  header has article | gtin | buyer_item | maker_item: no column is called Artikelnummer"
        ),
        "{}",
        answer.out
    );
    let invoice = feed(&["--detect"], b"UNH+1+INVOIC:D:96A:UN'BGM+380+1+9'UNT+3+1'");
    assert!(invoice.out.contains("no  UNH/2.1 in ORDERS ORDCHG: found \"INVOIC\""), "{}", invoice.out);
}

#[test]
fn an_explanation_puts_fields_below_the_bytes() {
    let answer = feed(&["--explain"], EDIFACT);
    assert_eq!(answer.code, 0);
    let unit = "    7          │ QTY+21:48:PCE'\n               │     ·· ── ───   line.unit = H87, line.unit_text\n               │        line.quantity\n";
    assert!(answer.out.contains(unit), "{}", answer.out);
    assert!(
        answer.out.contains("1. order 4711, channel edifact-orders: accepted, 1 line\n"),
        "{}",
        answer.out
    );
    let wrong = feed(&["--explain"], b"Bestellnr;Artikel;Menge;Lieferdatum\n4711;A-1;zwei;31.02.2026\n");
    assert_eq!(wrong.code, 1);
    assert!(wrong.out.contains("▲ ERROR invalid_number: line.quantity: "), "{}", wrong.out);
    assert!(wrong.out.contains("│ 4711;A-1;zwei;31.02.2026\n"), "{}", wrong.out);
    assert!(wrong.out.contains("│ ──── ─── ^^^^ ^^^^^^^^^^\n               │ │    line.seller_id\n               │ order.number\n"), "{}", wrong.out);
    // What no rule used is not drawn as what is ignored.
    let unknown = feed(&["--explain"], b"Bestellnr;Artikel;Menge;Rabatt\n4711;A-1;3;5 %\n");
    assert!(unknown.out.contains("│ ──── ─── ─ ???  line.quantity\n"), "{}", unknown.out);
    assert!(unknown.out.contains("\n??? content that no rule uses"), "{}", unknown.out);
    // A verdict says its own reason.
    for (message, verdict) in [
        ("UNH+1+ORDERS:D:96A:UN'BGM+220+P1+9'UNS+S'CNT+2:3'UNT+5+1'", "rejected because it has no line"),
        ("UNH+1+ORDERS:D:96A:UN'BGM+220+P1+9'LIN+1'QTY+21:3'", "rejected because of truncated"),
        ("UNH+1+INVOIC:D:96A:UN'BGM+380+R1+9'UNT+3+1'", "not_an_order (invoice)"),
        ("UNH+1+REQOTE:D:96A:UN'BGM+311+A1+9'UNT+3+1'", "review because a quote_request is for a person"),
    ] {
        let shown = feed(&["--explain"], message.as_bytes()).out;
        assert!(shown.contains(&format!(": {verdict}, ")), "{verdict}\n{shown}");
    }
    // One member a row where JSON has no line breaks.
    let json = feed(&["--explain"], br#"{"object":"whatsapp_business_account","entry":[{"changes":[{"value":{"messages":[{"from":"491713920001","id":"w1","timestamp":"1773129600","type":"order","order":{"product_items":[{"product_retailer_id":"A-100","quantity":3}]}}]}}]}]}"#);
    assert!(json.out.contains("\"quantity\":3\n"), "{}", json.out);
    assert!(json.out.contains("─  line.quantity\n"), "{}", json.out);
}

#[test]
fn utf_16_is_read_and_shown() {
    let text = "Bestellnr;Artikel;Menge\n4711;Ä-1;3\n";
    let mut bytes = vec![0xFF, 0xFE];
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
    let answer = feed(&[], &bytes);
    assert_eq!((answer.code, &answer.orders()[0]["lines"][0]["items"][0]["value"]), (0, &Value::from("Ä-1")));
    let shown = feed(&["--explain"], &bytes).out;
    assert!(shown.contains("│ 4711;Ä-1;3\n") && shown.contains("shown as UTF-8"), "{shown}");
    assert!(feed(&["--detect"], &bytes).out.contains("\"Artikel\" (byte 10, line 1, column 11)"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_fault() {
    let folder = folder("pipe");
    let path = folder.join("many.csv");
    let mut rows = String::from("Bestellnr;Artikel;Menge\n");
    for number in 0..20_000 {
        rows += &format!("{number};A-1;3\n");
    }
    fs::write(&path, rows).expect("a file");
    let mut child = Command::new(program())
        .arg(&path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// A file of 1 GiB in bounded memory: one order of seven million lines, and many orders. Needs the
/// program `time` and the disk space; run with `--ignored --release`.
#[test]
#[ignore = "takes minutes and 1 GiB of disk"]
fn a_gigabyte_needs_little_memory() {
    const SIZE: usize = 1 << 30;
    const MOST_KIB: u64 = 128 << 10;
    let folder = folder("large");
    for (case, per_order) in [("one", usize::MAX), ("many", 20)] {
        let path = folder.join("large.edi");
        let lines = write_large(&path, SIZE, per_order);
        let mut child = Command::new("/usr/bin/time")
            .args(["-f", "%M %e"])
            .arg(program())
            .arg(&path)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program `time`");
        let out = std::io::BufReader::new(child.stdout.take().expect("a pipe"));
        let (mut seen, mut rest) = (0, Vec::new());
        for piece in std::io::BufRead::split(out, b'}').map(|piece| piece.expect("output")) {
            seen += usize::from(piece.windows(6).any(|w| w == b"\"seq\":"));
            rest = piece;
        }
        let output = child.wait_with_output().expect("it ends");
        let figures = String::from_utf8_lossy(&output.stderr).into_owned();
        println!("{case}: {lines} lines, KiB and seconds: {}", figures.trim());
        assert_eq!((output.status.code(), seen), (Some(0), lines), "{figures}");
        assert_eq!(rest, b"\n");
        let peak: u64 = figures.split_whitespace().next().and_then(|n| n.parse().ok()).expect("a peak");
        assert!(peak < MOST_KIB, "{case}: {peak} KiB");
    }
}

/// Writes an interchange of about `size` bytes; gives the number of order lines.
fn write_large(path: &Path, size: usize, per_order: usize) -> usize {
    let mut out = std::io::BufWriter::new(fs::File::create(path).expect("a file"));
    let mut written = 0;
    let mut put = |text: String| {
        written += text.len();
        out.write_all(text.as_bytes()).expect("room on the disk");
        written
    };
    put("UNB+UNOC:3+4012345000009:14+5412345000013:14+260115:0900+1'\n".to_owned());
    let (mut orders, mut all) = (0, 0);
    let mut so_far = 0;
    while so_far < size {
        orders += 1;
        put(format!(
            "UNH+{orders}+ORDERS:D:96A:UN'\nBGM+220+P{orders}+9'\nDTM+137:20260115:102'\nNAD+BY+4012345000009::9'\n"
        ));
        let mut lines = 0;
        while lines < per_order && so_far < size {
            lines += 1;
            so_far = put(format!(
                "LIN+{lines}++4000862141404:EN'\nPIA+5+A-{lines}:SA'\nIMD+F++:::Schraube M6 x {}, verzinkt'\nQTY+21:{}:PCE'\n\
                 PRI+AAA:{}.25'\nFTX+AAI+++L?'tzte Lieferung?+Rest'\n",
                lines % 90 + 1,
                lines % 99 + 1,
                lines % 70 + 1
            ));
        }
        all += lines;
        put(format!("UNS+S'\nCNT+2:{lines}'\nUNT+{}+{orders}'\n", 6 * lines + 7));
    }
    put(format!("UNZ+{orders}+1'\n"));
    all
}

/// A block of the tutorial: its language, its text.
fn tutorial() -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/channels.md");
    let text = fs::read_to_string(path).expect("docs/channels.md");
    let tutorial = text.split("## Reference").next().unwrap_or("");
    let mut blocks = Vec::new();
    for (number, piece) in tutorial.split("```").enumerate() {
        if number % 2 == 1 {
            let (language, block) = piece.split_once('\n').expect("a language");
            blocks.push((language.to_owned(), block.to_owned()));
        }
    }
    blocks
}

/// Without blanks and line ends: those of the documentation are for the reader.
fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What the tutorial shows is what the program answers; `…` stands for anything.
#[test]
fn the_tutorial_works_as_written() {
    let folder = folder("tutorial");
    let channel = folder.join("fruchthof.chan");
    let mut tables = ["fruchthof.csv", "april.csv"].into_iter();
    let (mut shown, mut wrong) = (0, 0);
    let mut last = String::new();
    for (language, block) in tutorial() {
        match language.as_str() {
            "csv" => fs::write(folder.join(tables.next().expect("two tables")), block).expect("a file"),
            "chan" => {
                fs::write(&channel, &block).expect("a file");
                last = block;
            }
            "console" => {
                let (command, answer) = block.split_once('\n').expect("a command");
                let words = command.split(' ').skip(2);
                let args: Vec<String> = words
                    .map(|word| {
                        if word.contains('.') { text(&folder.join(word)).to_owned() } else { word.to_owned() }
                    })
                    .collect();
                let args: Vec<&str> = args.iter().map(String::as_str).collect();
                let printed = run(&args);
                let said = printed.out.replace(&format!("{}/", text(&folder)), "");
                let said = dense(&said);
                let mut rest = said.as_str();
                for part in answer.split('…').map(dense) {
                    let at =
                        rest.find(&part).unwrap_or_else(|| panic!("{command}\n{part}\nis not in\n{rest}"));
                    rest = rest.get(at + part.len()..).unwrap_or("");
                }
                shown += 1;
            }
            _ => {
                // Three lines for each error: what it says, the line as it was written, the mark below it.
                let lines: Vec<&str> = block.lines().collect();
                for error in lines.chunks(3) {
                    let place: usize =
                        error[0].split(':').nth(1).and_then(|n| n.parse().ok()).expect("a line");
                    let mut rules: Vec<&str> = last.lines().collect();
                    rules.resize(rules.len().max(place), "");
                    rules[place - 1] = error[1].get(4..).expect("a rule");
                    let file = folder.join("wrong.chan");
                    fs::write(&file, rules.join("\n")).expect("a file");
                    let printed = run(&["--load", text(&file), "--list"]).err;
                    let said = printed.replace(text(&file), "fruchthof.chan");
                    for line in error {
                        assert!(said.contains(line), "{line}\nis not in\n{said}");
                    }
                    wrong += 1;
                }
            }
        }
    }
    assert_eq!((shown, wrong), (6, 3));
}
