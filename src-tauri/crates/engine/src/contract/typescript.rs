//! Writes the contract as one TypeScript module.

use std::any::TypeId;
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;

use ts_rs::{Config, TS, TypeVisitor};

use super::event::Event;
use crate::fault::Fault;

/// The TypeScript declarations of every type that was named so far.
pub struct Declarations<'config> {
    config: &'config Config,
    seen: HashSet<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl<'config> Declarations<'config> {
    /// None yet.
    #[must_use]
    pub fn new(config: &'config Config) -> Self {
        Self {
            config,
            seen: HashSet::new(),
            by_name: BTreeMap::new(),
        }
    }

    /// The TypeScript name of a type; its declaration and those it needs are kept.
    pub fn name_of<T: TS + 'static>(&mut self) -> String {
        self.add::<T>();
        T::name(self.config)
    }

    fn add<T: TS + 'static + ?Sized>(&mut self) {
        if !self.seen.insert(TypeId::of::<T>()) {
            return;
        }
        if T::output_path().is_some() {
            let declaration = T::decl(self.config);
            let declaration = declaration.trim_end_matches(';');
            let documented = match T::docs() {
                Some(docs) => format!("{}export {declaration};\n", docs.trim_start()),
                None => format!("export {declaration};\n"),
            };
            self.by_name.insert(T::ident(self.config), documented);
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}

/// The whole module: every type, then the list of calls.
#[must_use]
pub fn module() -> String {
    let config = Config::new().with_large_int("number");
    let (calls, mut declarations) = super::shapes(&config);
    declarations.name_of::<Event>();
    declarations.name_of::<Fault>();
    let mut text =
        String::from("// Written by `cargo xtask types` from the contract in the engine crate.\n\n");
    for declaration in declarations.by_name.values() {
        text.push_str(declaration);
        text.push('\n');
    }
    text.push_str("/** Every call: its parameters and its result. */\nexport type Contract = {\n");
    for call in calls {
        // Writing to a String cannot fail.
        writeln!(text, "  /** {} */", call.purpose).unwrap_or_default();
        writeln!(
            text,
            "  \"{}\": {{ params: {}; result: {} }};",
            call.name, call.params, call.result
        )
        .unwrap_or_default();
    }
    text.push_str("};\n");
    text
}
