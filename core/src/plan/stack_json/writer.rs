//! Writes values as Go's encoder does: compact JSON, and inside strings `<`, `>`, `&`, U+2028 and U+2029 escaped.
//!
//! It knows nothing of stacks. Why serde_json's serializer does not do: docs/adr/0003-stack-json-writer.md.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

/// Appends what is serialized; names of fields and variants are taken to need no escape.
pub struct Writer<'o> {
    out: &'o mut Vec<u8>,
}

type Done = Result<(), fmt::Error>;

impl<'o> Writer<'o> {
    /// Appends to `out`.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out }
    }

    /// Where the name is a literal, inlining makes its bytes a few stores instead of a call.
    #[inline(always)]
    fn name(&mut self, name: &'static str) {
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    fn open(&mut self, bracket: u8, closing: &'static [u8]) -> Compound<'_> {
        self.out.push(bracket);
        Compound { out: self.out, is_first: true, closing }
    }
}

/// A byte that no string holds as it is; of three-byte characters only those that start as U+2028 does are looked at.
const fn is_special(byte: u8) -> bool {
    matches!(byte, 0..0x20 | b'"' | b'\\' | b'<' | b'>' | b'&' | 0xE2)
}

const SPECIAL: [bool; 256] = {
    let (mut table, mut byte) = ([false; 256], 0);
    while byte < 256 {
        table[byte] = is_special(byte as u8);
        byte += 1;
    }
    table
};

/// Appends the inside of a string.
fn escape(out: &mut Vec<u8>, text: &str) {
    if !text.bytes().fold(false, |found, byte| found | SPECIAL[usize::from(byte)]) {
        return out.extend_from_slice(text.as_bytes());
    }
    for letter in text.chars() {
        match letter {
            '"' => out.extend_from_slice(b"\\\""),
            '\\' => out.extend_from_slice(b"\\\\"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\r' => out.extend_from_slice(b"\\r"),
            '\t' => out.extend_from_slice(b"\\t"),
            '\u{8}' => out.extend_from_slice(b"\\b"),
            '\u{c}' => out.extend_from_slice(b"\\f"),
            '\0'..' ' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.extend_from_slice(format!("\\u{:04x}", u32::from(letter)).as_bytes());
            }
            plain => out.extend_from_slice(plain.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
}

/// Escapes what is formatted.
struct Escaping<'o>(&'o mut Vec<u8>);

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        escape(self.0, text);
        Ok(())
    }
}

/// A list or object that is being written.
pub struct Compound<'o> {
    out: &'o mut Vec<u8>,
    is_first: bool,
    closing: &'static [u8],
}

impl Compound<'_> {
    fn comma(&mut self) {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(b',');
        }
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.comma();
        value.serialize(&mut Writer::new(self.out))
    }

    #[inline(always)]
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
        self.comma();
        let mut writer = Writer::new(self.out);
        writer.name(name);
        value.serialize(&mut writer)
    }

    fn close(self) -> Done {
        self.out.extend_from_slice(self.closing);
        Ok(())
    }
}

macro_rules! integers {
    ($($method:ident: $number:ty;)*) => {
        $(fn $method(self, value: $number) -> Done {
            self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
            Ok(())
        })*
    };
}

/// What the model does not hold has no form here.
macro_rules! unsupported {
    ($($method:ident($($argument:ty),*) -> $result:ty;)*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<$result, fmt::Error> {
            Err(fmt::Error)
        })*
    };
}

macro_rules! lists {
    ($($list:ident;)*) => {
        $(impl ser::$list for Compound<'_> {
            type Ok = ();
            type Error = fmt::Error;

            fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                self.item(value)
            }

            fn end(self) -> Done {
                self.close()
            }
        })*
    };
}

macro_rules! objects {
    ($($object:ident;)*) => {
        $(impl ser::$object for Compound<'_> {
            type Ok = ();
            type Error = fmt::Error;

            #[inline(always)]
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
                self.field(name, value)
            }

            fn end(self) -> Done {
                self.close()
            }
        })*
    };
}

impl<'w> Serializer for &'w mut Writer<'_> {
    type Ok = ();
    type Error = fmt::Error;
    type SerializeSeq = Compound<'w>;
    type SerializeTuple = Compound<'w>;
    type SerializeTupleStruct = Impossible<(), fmt::Error>;
    type SerializeTupleVariant = Impossible<(), fmt::Error>;
    type SerializeMap = Compound<'w>;
    type SerializeStruct = Compound<'w>;
    type SerializeStructVariant = Compound<'w>;

    integers! {
        serialize_i8: i8;
        serialize_i16: i16;
        serialize_i32: i32;
        serialize_i64: i64;
        serialize_u8: u8;
        serialize_u16: u16;
        serialize_u32: u32;
        serialize_u64: u64;
    }

    fn serialize_bool(self, value: bool) -> Done {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_str(self, text: &str) -> Done {
        self.out.push(b'"');
        escape(self.out, text);
        self.out.push(b'"');
        Ok(())
    }

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Done {
        self.out.push(b'"');
        fmt::write(&mut Escaping(self.out), format_args!("{value}"))?;
        self.out.push(b'"');
        Ok(())
    }

    fn serialize_none(self) -> Done {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        let mut object = self.open(b'{', b"}");
        object.field(variant, value)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Compound<'w>, fmt::Error> {
        Ok(self.open(b'[', b"]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Compound<'w>, fmt::Error> {
        Ok(self.open(b'[', b"]"))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Compound<'w>, fmt::Error> {
        Ok(self.open(b'{', b"}"))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Compound<'w>, fmt::Error> {
        Ok(self.open(b'{', b"}"))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Compound<'w>, fmt::Error> {
        self.out.push(b'{');
        self.name(variant);
        Ok(self.open(b'{', b"}}"))
    }

    unsupported! {
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
    }
}

impl ser::SerializeMap for Compound<'_> {
    type Ok = ();
    type Error = fmt::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        self.out.push(b':');
        value.serialize(&mut Writer::new(self.out))
    }

    fn end(self) -> Done {
        self.close()
    }
}

lists! { SerializeSeq; SerializeTuple; }
objects! { SerializeStruct; SerializeStructVariant; }

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        value.serialize(&mut Writer::new(&mut out)).expect("it can be written");
        String::from_utf8(out).expect("it is text")
    }

    #[test]
    fn strings_are_escaped_as_go_does() {
        let text = "a\"b\\c\n\r\t\u{8}\u{c}\u{1}<&>\u{7f}é€\u{2028}\u{2029}\u{202a}😀";
        let expected =
            r#""a\"b\\c\n\r\t\b\f\u0001\u003c\u0026\u003e"#.to_owned() + "\u{7f}é€\\u2028\\u2029\u{202a}😀\"";
        assert_eq!(written(&text), expected);
    }

    #[test]
    fn what_is_formatted_is_escaped_too() {
        struct Formatted;
        impl Serialize for Formatted {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&format_args!("{}{}", "<a", "\""))
            }
        }
        assert_eq!(written(&Formatted), r#""\u003ca\"""#);
    }

    #[test]
    fn lists_and_objects_are_those_of_serde_json() {
        #[derive(serde::Serialize)]
        enum Shape {
            Unit,
            Newtype(i64),
            Struct { a: bool, b: Option<u8> },
        }
        let value = (
            [Shape::Unit, Shape::Newtype(-1), Shape::Struct { a: true, b: None }],
            Vec::<u8>::new(),
            std::collections::BTreeMap::from([("x", vec![1, 2]), ("y", Vec::new())]),
        );
        assert_eq!(written(&value), serde_json::to_string(&value).expect("it can be written"));
    }
}
