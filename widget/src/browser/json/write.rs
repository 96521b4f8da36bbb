//! Writing JSON. Keys are texts, as everything that is kept or sent here has them. Nothing fails: an error that cannot
//! exist leaves no code for it in what is written of any type.

use js_sys::JSON;
use serde::ser::{self, Serialize};
use std::fmt;
use wasm_bindgen::JsValue;

/// Writes a value as JSON text.
pub fn write(value: &impl Serialize) -> String {
    let mut writer = Writer { text: String::new() };
    let Ok(()) = value.serialize(&mut writer);
    writer.text
}

struct Writer {
    text: String,
}

/// A value refused to be written. None of ours does.
#[derive(Debug)]
enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(message: T) -> Self {
        unreachable!("a value of ours refused to be written: {message}")
    }
}

impl Writer {
    fn put(&mut self, text: &str) -> Result<(), Never> {
        self.text.push_str(text);
        Ok(())
    }

    /// Most texts need no escaping; for the others the browser has its own.
    fn put_text(&mut self, text: &str) -> Result<(), Never> {
        if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            return self.put_as_browser(&JsValue::from_str(text));
        }
        for part in ["\"", text, "\""] {
            self.text.push_str(part);
        }
        Ok(())
    }

    fn put_as_browser(&mut self, value: &JsValue) -> Result<(), Never> {
        // Fails for values that refer to themselves; texts and numbers do not.
        self.put(&JSON::stringify(value).map(String::from).unwrap_or_default())
    }

    fn open(&mut self, mark: &str, close: &'static str) -> Result<Parts<'_>, Never> {
        self.text.push_str(mark);
        Ok(Parts { writer: self, first: true, close })
    }

    /// `{"name":` and what follows it until the last brace.
    fn open_variant(&mut self, name: &str) -> Result<(), Never> {
        self.text.push('{');
        self.put_text(name)?;
        self.put(":")
    }
}

/// Parts of a list or of a map, with commas between them.
struct Parts<'a> {
    writer: &'a mut Writer,
    first: bool,
    close: &'static str,
}

impl Parts<'_> {
    fn part<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        if !std::mem::take(&mut self.first) {
            self.writer.text.push(',');
        }
        value.serialize(&mut *self.writer)
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.writer.text.push(':');
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Result<(), Never> {
        self.writer.put(self.close)
    }
}

macro_rules! numbers {
    ($($name:ident: $kind:ty => $widest:ident),*) => {
        $(fn $name(self, number: $kind) -> Result<(), Never> {
            self.$widest(number.into())
        })*
    };
}

impl<'a> ser::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Parts<'a>;
    type SerializeTuple = Parts<'a>;
    type SerializeTupleStruct = Parts<'a>;
    type SerializeTupleVariant = Parts<'a>;
    type SerializeMap = Parts<'a>;
    type SerializeStruct = Parts<'a>;
    type SerializeStructVariant = Parts<'a>;

    numbers! { serialize_i8: i8 => serialize_i64, serialize_i16: i16 => serialize_i64, serialize_i32: i32 => serialize_i64 }
    numbers! { serialize_u8: u8 => serialize_u64, serialize_u16: u16 => serialize_u64, serialize_u32: u32 => serialize_u64 }
    numbers! { serialize_f32: f32 => serialize_f64 }

    fn serialize_i64(self, number: i64) -> Result<(), Never> {
        self.put(&number.to_string())
    }

    fn serialize_u64(self, number: u64) -> Result<(), Never> {
        self.put(&number.to_string())
    }

    fn serialize_bool(self, flag: bool) -> Result<(), Never> {
        self.put(if flag { "true" } else { "false" })
    }

    fn serialize_f64(self, number: f64) -> Result<(), Never> {
        self.put_as_browser(&JsValue::from_f64(number))
    }

    fn serialize_char(self, letter: char) -> Result<(), Never> {
        self.put_text(letter.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        self.put_text(text)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Never> {
        bytes.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.put("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.put("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.put("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Result<(), Never> {
        self.put_text(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.open_variant(name)?;
        value.serialize(&mut *self)?;
        self.put("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Parts<'a>, Never> {
        self.open("[", "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Parts<'a>, Never> {
        self.open("[", "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, Never> {
        self.open("[", "]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, Never> {
        self.open_variant(name)?;
        self.open("[", "]}")
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Parts<'a>, Never> {
        self.open("{", "}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Parts<'a>, Never> {
        self.open("{", "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        _: usize,
    ) -> Result<Parts<'a>, Never> {
        self.open_variant(name)?;
        self.open("{", "}}")
    }
}

macro_rules! lists {
    ($($kind:ident: $method:ident),*) => {
        $(impl ser::$kind for Parts<'_> {
            type Ok = ();
            type Error = Never;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                self.part(value)
            }

            fn end(self) -> Result<(), Never> {
                self.close()
            }
        })*
    };
}

lists! {
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
}

macro_rules! structs {
    ($($kind:ident),*) => {
        $(impl ser::$kind for Parts<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Never> {
                self.part(name)?;
                self.value(value)
            }

            fn end(self) -> Result<(), Never> {
                self.close()
            }
        })*
    };
}

structs! { SerializeStruct, SerializeStructVariant }

impl ser::SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.part(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        self.value(value)
    }

    fn end(self) -> Result<(), Never> {
        self.close()
    }
}
