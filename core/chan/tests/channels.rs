//! Every channel text of the repository compiles: the built-in ones, those on paper, those of the docs.
#![allow(clippy::expect_used, clippy::panic)]

mod common;

use common::{channel_files, folder, with};
use ordnorm_chan::{Storage, compile};

#[test]
fn built_in_channels_and_those_on_paper() {
    for path in ["core/channels", "docs/paper"] {
        let files = channel_files(path);
        assert!(files.len() >= 2, "{path}");
        for (name, text) in files {
            match with(&text, |channel| String::from(channel.name)) {
                Ok(own) => assert_eq!(own, name, "{path}"),
                Err(error) => panic!("{path}/{name}.chan: {error}"),
            }
        }
    }
}

#[test]
fn memory_that_has_been_used_gives_the_same_table() {
    let files = [channel_files("core/channels"), channel_files("docs/paper")].concat();
    let mut used = Box::new(Storage::<1024>::new());
    for (name, text) in files.iter().chain(files.iter().rev()) {
        let fresh = with(text, |channel| format!("{channel:?}")).expect("a channel of the repository");
        let again = compile(text, &|_| None, used.arena()).expect("a channel of the repository");
        assert_eq!(format!("{again:?}"), fresh, "{name}");
    }
}

#[test]
fn channels_of_the_documentation() {
    let text = std::fs::read_to_string(folder("docs/channels.md")).expect("docs/channels.md");
    let mut blocks = 0;
    let mut rest = text.as_str();
    let mut line = 1;
    while let Some((before, behind)) = rest.split_once("```chan\n") {
        let (block, after) = behind.split_once("```").expect("the end of a block");
        line += before.matches('\n').count() + 1;
        if let Err(error) =
            common::extending(&[("edifact-orders", base()), ("csv-order", csv())], block, |_| ())
        {
            panic!("docs/channels.md, block at line {line}: {error}\n{block}");
        }
        line += block.matches('\n').count();
        blocks += 1;
        rest = after;
    }
    assert!(blocks >= 5, "{blocks} blocks");
}

/// The rules in the table of transforms, each in a channel in which it could stand.
#[test]
fn examples_of_transforms() {
    const MAPS: &str = "map formats 102:YYYYMMDD\nmap roles BY:buyer\nmap agency 9:0088\nmap items VN:line.seller_id\n\
                        map units St:H87\n";
    let text = std::fs::read_to_string(folder("docs/channels.md")).expect("docs/channels.md");
    let table = text.split_once("| transform | for | example |").expect("the table").1;
    let mut examples = 0;
    for line in table.lines().skip(2).take_while(|line| line.starts_with('|')) {
        let example = line.trim_end_matches(['|', ' ']).rsplit_once("| `").expect("an example").1;
        let rule = example.trim_end_matches('`');
        let (target, source) = rule.split_once(' ').expect("a target and its source");
        let records = source.split(' ').next().is_some_and(|path| path.contains(['/', '[']));
        let syntax = match records {
            true => "syntax x12\nqualifier DTM/1 CUX/1.1\npairs PO1/6..\n",
            false => "syntax csv\n",
        };
        let block = match target.split('.').next() {
            Some("party") if records => "party on NAD",
            Some("line") if records => "line on PO1",
            Some("line") => "line",
            Some("allowance") => "allowance on SAC in header",
            _ => "header",
        };
        let channel = format!("channel a\n{syntax}{MAPS}header\n{block}\n  {rule}\n");
        let channel = channel.replace("header\nheader\n", "header\n");
        if let Err(error) = common::with(&channel, |_| ()) {
            panic!("{rule}: {error}\n{channel}");
        }
        examples += 1;
    }
    assert!(examples > 10, "{examples} examples");
}

fn base() -> &'static str {
    include_str!("../../channels/edifact-orders.chan")
}

fn csv() -> &'static str {
    include_str!("../../channels/csv-order.chan")
}
