//! Puts a module's functions in the order of their bytes, so that similar ones stand together and compress better.
//!
//! It changes no function but the numbers that it calls others by; of equal functions one is left.

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, FunctionSection, Module};
use wasmparser::{CodeSectionReader, FunctionBody, FunctionSectionReader, Parser, Payload, TypeRef};

/// `module` once more.
pub fn ordered(module: &[u8]) -> Result<Vec<u8>, String> {
    let functions = Functions::read(module).map_err(|error| error.to_string())?;
    let mut order = functions.order();
    let mut out = Module::new();
    order.parse_core_module(&mut out, Parser::new(0), module).map_err(|error| error.to_string())?;
    Ok(out.finish())
}

#[derive(Default)]
struct Functions<'m> {
    imported: u32,
    types: Vec<u32>,
    bodies: Vec<FunctionBody<'m>>,
}

impl<'m> Functions<'m> {
    fn read(module: &'m [u8]) -> wasmparser::Result<Self> {
        let mut functions = Self::default();
        for payload in Parser::new(0).parse_all(module) {
            match payload? {
                Payload::ImportSection(imports) => {
                    for import in imports.into_imports() {
                        functions.imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                    }
                }
                Payload::FunctionSection(types) => functions.types = types.into_iter().collect::<Result<_, _>>()?,
                Payload::CodeSectionEntry(body) => functions.bodies.push(body),
                _ => {}
            }
        }
        Ok(functions)
    }

    fn order(self) -> Order<'m> {
        let key = |place: &usize| (self.bodies[*place].as_bytes(), self.types[*place]);
        let mut kept: Vec<usize> = (0..self.bodies.len()).collect();
        kept.sort_by_key(key);
        let mut numbers: Vec<u32> = (0..self.imported).chain(self.types.iter().map(|_| 0)).collect();
        let mut next = self.imported;
        let mut before = None;
        kept.retain(|place| {
            let is_new = before.replace(key(place)) != Some(key(place));
            next += u32::from(is_new);
            numbers[self.imported as usize + place] = next - 1;
            is_new
        });
        Order { numbers, types: self.types, bodies: self.bodies, kept }
    }
}

/// The number that each function gets, and which are written in which order, by their places in the module read.
struct Order<'m> {
    numbers: Vec<u32>,
    types: Vec<u32>,
    bodies: Vec<FunctionBody<'m>>,
    kept: Vec<usize>,
}

impl Reencode for Order<'_> {
    type Error = std::convert::Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Self::Error>> {
        Ok(self.numbers[function as usize])
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        _: FunctionSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for place in &self.kept {
            functions.function(self.types[*place]);
        }
        Ok(())
    }

    fn parse_code_section(
        &mut self,
        code: &mut CodeSection,
        _: CodeSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        for place in self.kept.clone() {
            let body = self.bodies[place].clone();
            self.parse_function_body(code, body)?;
        }
        Ok(())
    }
}
