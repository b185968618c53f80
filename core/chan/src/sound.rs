//! Do all indices of a table lie inside their slices?
//!
//! The compiler never gives another table (the tests and the debug builds say so); a table that was
//! written by hand or printed by an older version can be asked.

use crate::table::{Channel, Condition, Path, Run, Text, flag, joint, operator, syntax, transform};

/// The most slots of a tree.
const SLOTS: u8 = 64;

impl Channel<'_> {
    /// Are all indices in range? The engine reads a wrong one as "nothing there"; it never faults.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.texts_are_sound()
            && self.names_are_sound()
            && self.sections_are_sound()
            && self.cells_are_sound()
            && self.rules_are_sound()
            && self.nodes_are_sound()
            && self.messages_are_sound()
    }

    fn has_text(&self, text: Text) -> bool {
        usize::from(text.at) + usize::from(text.length) <= self.text.len()
    }

    fn texts_are_sound(&self) -> bool {
        let entries = self.map_entries.iter().all(|e| self.has_text(e.key) && self.has_text(e.value));
        let namespaces = self.namespaces.iter().all(|n| self.has_text(n.prefix) && holds(n.names, self.keys));
        entries
            && namespaces
            && self.keys.iter().chain(self.privacy).all(|text| self.has_text(*text))
            && self.maps.iter().all(|map| holds(map.entries, self.map_entries))
            && self.has_text(self.dialect.charset)
            && self.has_text(self.dialect.date)
            && core::str::from_utf8(self.text).is_ok()
    }

    fn names_are_sound(&self) -> bool {
        let size = self.hash.len();
        let hashed =
            size.is_power_of_two() && self.hash.iter().all(|row| usize::from(*row) <= self.names.len());
        let found = (0..self.names.len())
            .all(|row| self.names.get(row).is_some_and(|name| self.row(self.text(name.text)) == Some(row)));
        let message = [self.message_first, self.message_last];
        hashed
            && found
            && message.iter().all(|row| usize::from(*row) <= self.names.len())
            && self.names.iter().all(|n| {
                self.has_text(n.text) && holds(n.synonyms, self.keys) && holds(n.fields, self.fields)
            })
            && self
                .fields
                .iter()
                .all(|f| self.has_text(f.name) && f.length > 0 && f.offset.checked_add(f.length).is_some())
            && self.facts.iter().all(|f| self.has_text(f.name) && holds(f.values, self.keys))
    }

    fn sections_are_sound(&self) -> bool {
        let count = self.sections.len();
        count > 0
            && self.sections.iter().enumerate().all(|(number, s)| {
                let root = s.depth == 0;
                let outer = self.sections.get(usize::from(s.parent));
                let parent = if root {
                    usize::from(s.parent) == number
                } else {
                    outer.is_some_and(|o| o.depth < s.depth)
                };
                parent
                    && holds(s.required, self.required)
                    && holds(s.constants, self.rules)
                    && holds(s.rules, self.rules)
                    && holds(s.defaults, self.rules)
                    && holds(s.conditions, self.conditions)
            })
    }

    fn cells_are_sound(&self) -> bool {
        let has_section = |number: u8| number == 255 || usize::from(number) < self.sections.len();
        let grid = self.grid.iter().all(|cell| usize::from(*cell) < self.cells.len());
        let sized = self.grid.is_empty() || self.grid.len() == self.names.len() * self.sections.len();
        // A cell refers to earlier ones only: the search for another candidate ends.
        let cells = self.cells.iter().enumerate().all(|(number, c)| {
            (usize::from(c.otherwise) < number || c.otherwise == 0)
                && has_section(c.opens)
                && has_section(c.owner)
                && holds(c.conditions, self.conditions)
                && holds(c.rules, self.rules)
                && holds(c.common, self.rules)
                && holds(c.cases, self.cases)
                && usize::from(c.pairs) <= self.pairs.len()
        });
        grid && sized && cells && self.cases.iter().all(|case| holds(case.rules, self.rules))
    }

    fn rules_are_sound(&self) -> bool {
        let keyed = |number: u16| number == 0 || usize::from(number) <= self.keys.len();
        let conditions = self.conditions.iter().all(|c| self.has_path(c.path) && self.compares(c));
        let rules = self.rules.iter().all(|r| {
            let run = Run { start: r.conditions, count: u16::from(r.condition_count) };
            let argument = usize::from(r.argument);
            let is_map = argument < self.maps.len();
            let fits = match r.transform {
                transform::MAP | transform::ITEM => is_map,
                transform::UNIT | transform::DATE if r.flags & flag::BY_MAP != 0 => is_map,
                transform::DATE | transform::CONTENT => keyed(r.argument),
                transform::FLAG | transform::EXPECT => {
                    holds(Run { start: r.argument, count: u16::from(r.other.component_last) }, self.keys)
                }
                transform::TEXT if r.join == joint::MAPPED => is_map,
                _ => true,
            };
            let other = matches!(r.transform, transform::FLAG | transform::EXPECT) || self.has_path(r.other);
            fits && other && self.has_path(r.source) && keyed(r.fallback) && holds(run, self.conditions)
        });
        let parts = self.rules.first().is_none_or(|first| first.flags & flag::TAIL == 0);
        conditions && rules && parts
    }

    fn has_path(&self, path: Path) -> bool {
        match path.element {
            0 | Path::SELF | Path::PAIR | Path::TYPE | 255 => true,
            Path::CARRY => usize::from(path.component) < self.carries.len(),
            element if self.nodes.is_empty() => match self.syntax {
                syntax::CSV | syntax::FORM | syntax::SMS => usize::from(element) <= self.names.len(),
                _ => element <= Path::MOST,
            },
            element => element <= SLOTS,
        }
    }

    fn compares(&self, condition: &Condition) -> bool {
        self.operates(condition.operator, condition.values)
    }

    fn operates(&self, operator: u8, values: Run) -> bool {
        match operator {
            operator::MAPPED => usize::from(values.start) < self.maps.len(),
            operator::CARRIED => usize::from(values.start) < self.carries.len(),
            _ => holds(values, self.keys),
        }
    }

    fn nodes_are_sound(&self) -> bool {
        let count = self.nodes.len();
        // Siblings have rising numbers, so that a search among them ends.
        let nodes = self.nodes.iter().enumerate().all(|(number, n)| {
            self.has_text(n.name)
                && usize::from(n.child) < count
                && usize::from(n.next) < count
                && (n.next == 0 || usize::from(n.next) > number)
                && holds(n.rules, self.rules)
                && n.slot <= SLOTS
                && usize::from(n.slots_first) + usize::from(n.slots_count) <= usize::from(SLOTS)
                && (n.section == 255 || usize::from(n.section) < self.sections.len())
                && usize::from(n.namespace) <= self.namespaces.len()
        });
        let openings = self.openings.iter().all(|o| {
            usize::from(o.node) < count
                && usize::from(o.root) < count
                && usize::from(o.section) < self.sections.len()
                && holds(o.tests, self.tests)
        });
        nodes && openings
    }

    fn messages_are_sound(&self) -> bool {
        let count = self.nodes.len();
        let variants = self.variants.iter().all(|v| {
            usize::from(v.node) < count
                && usize::from(v.root) < count
                && usize::from(v.section) < self.sections.len()
                && usize::from(v.roles_first) + usize::from(v.roles_count) <= self.sections.len()
                && holds(v.tests, self.tests)
        });
        let tests = self.tests.iter().all(|t| self.has_text(t.path) && self.operates(t.operator, t.values));
        let carries = self.carries.iter().all(|c| {
            usize::from(c.parent) < count
                && self.has_text(c.item)
                && self.has_text(c.value)
                && self.has_text(c.key)
                && self.has_path(c.matches)
        });
        variants && tests && carries
    }
}

/// Does a slice hold all elements of a run?
fn holds<T>(run: Run, slice: &[T]) -> bool {
    usize::from(run.start) + usize::from(run.count) <= slice.len() || run.count == 0
}
