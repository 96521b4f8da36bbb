//! Reading JSON with the browser's own parser. Why something cannot be read is not kept: words for it would cost as much
//! as the reading.
//!
//! Types take their fields in the order they declare them, as from a list, and each is looked up by its name here. So
//! none of them brings code that compares names, keeps fields that came early and misses those that did not come: two
//! thirds of what reading costs otherwise. Variants are told by their place for the same reason.

use js_sys::{Array, JSON, Object, Reflect};
use serde::de::value::{StringDeserializer, U32Deserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, EnumAccess, IntoDeserializer, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use std::fmt;
use wasm_bindgen::{JsCast, JsValue};

/// Reads a value from JSON text.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    let parsed = JSON::parse(text).map_err(|_| Unreadable)?;
    T::deserialize(Parsed(parsed))
}

/// The text is not JSON, or not what was expected.
#[derive(Debug, PartialEq, Eq)]
pub struct Unreadable;

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this JSON is not what was expected")
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    // The usual words for these would be put together and thrown away.
    fn invalid_type(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_value(_: de::Unexpected<'_>, _: &dyn de::Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// What the browser made of a piece of JSON.
struct Parsed(JsValue);

impl Parsed {
    fn items(&self) -> Option<Items> {
        Array::is_array(&self.0).then(|| Items { items: self.0.clone().unchecked_into(), next: 0 })
    }

    /// JavaScript has one kind of number; whole ones are exact up to 2⁵³, which no count or time of ours exceeds.
    fn whole_number(&self) -> Result<f64, Unreadable> {
        let exact = |number: &f64| number.abs() <= js_sys::Number::MAX_SAFE_INTEGER && number.fract() == 0.0;
        self.0.as_f64().filter(exact).ok_or(Unreadable)
    }

    fn entries(&self) -> Option<Entries> {
        let object = self.0.dyn_ref::<Object>()?;
        Some(Entries {
            entries: Items { items: Object::entries(object), next: 0 },
            value: JsValue::UNDEFINED,
        })
    }

    fn fields(self, names: &'static [&'static str]) -> Result<Fields, Unreadable> {
        if self.0.is_object() { Ok(Fields { object: self.0, names: names.iter() }) } else { Err(Unreadable) }
    }

    /// `"name"`, or `{"name": content}`: the place of the name, and the content.
    fn variant(self, names: &'static [&'static str]) -> Result<Variant, Unreadable> {
        let (name, content) = match self.0.as_string() {
            Some(name) => (name, JsValue::UNDEFINED),
            None => {
                let mut entries = self.entries().ok_or(Unreadable)?;
                (entries.step().ok_or(Unreadable)?, entries.value)
            }
        };
        let place = names.iter().position(|known| *known == name).ok_or(Unreadable)?;
        Ok(Variant { place: place as u32, content: Self(content) })
    }
}

impl<'de> de::Deserializer<'de> for Parsed {
    type Error = Unreadable;

    /// Types that take whatever comes are none of ours.
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_f64(self.0.as_f64().ok_or(Unreadable)?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let number = self.whole_number()?;
        if number >= 0.0 { visitor.visit_u64(number as u64) } else { Err(Unreadable) }
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_u64(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_i64(self.whole_number()? as i64)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_i64(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_string(self.0.as_string().ok_or(Unreadable)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() || self.0.is_undefined() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.items().ok_or(Unreadable)?)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_map(self.entries().ok_or(Unreadable)?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.fields(names)?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_enum(self.variant(names)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u128 char bytes byte_buf unit unit_struct tuple_struct identifier
    }
}

struct Items {
    items: Array,
    next: u32,
}

impl Items {
    fn step(&mut self) -> Option<JsValue> {
        let at = self.next;
        self.next += 1;
        (at < self.items.length()).then(|| self.items.get(at))
    }
}

impl<'de> SeqAccess<'de> for Items {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        self.step().map(|item| seed.deserialize(Parsed(item))).transpose()
    }
}

/// The fields of an object, in the order of their names.
struct Fields {
    object: JsValue,
    names: std::slice::Iter<'static, &'static str>,
}

impl<'de> SeqAccess<'de> for Fields {
    type Error = Unreadable;

    /// A field that is not there is nothing to who can do without it, and no element to anybody else: then it has its
    /// default, or the object cannot be read.
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Unreadable> {
        let field = self.step();
        let missing = field.0.is_undefined();
        match seed.deserialize(field) {
            Ok(value) => Ok(Some(value)),
            Err(Unreadable) if missing => Ok(None),
            Err(unreadable) => Err(unreadable),
        }
    }
}

impl Fields {
    fn step(&mut self) -> Parsed {
        let field = self.names.next().and_then(|name| Reflect::get(&self.object, &(*name).into()).ok());
        Parsed(field.unwrap_or(JsValue::UNDEFINED))
    }
}

/// Names and values, and the value of the name that was read last.
struct Entries {
    entries: Items,
    value: JsValue,
}

impl Entries {
    fn step(&mut self) -> Option<String> {
        let entry: Array = self.entries.step()?.unchecked_into();
        self.value = entry.get(1);
        entry.get(0).as_string()
    }
}

impl<'de> MapAccess<'de> for Entries {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        let name = self.step();
        name.map(|name| seed.deserialize(StringDeserializer::new(name))).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        seed.deserialize(Parsed(std::mem::replace(&mut self.value, JsValue::UNDEFINED)))
    }
}

/// Which of a type's variants it is, and what it holds.
struct Variant {
    place: u32,
    content: Parsed,
}

impl<'de> EnumAccess<'de> for Variant {
    type Error = Unreadable;
    type Variant = Parsed;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Parsed), Unreadable> {
        let place: U32Deserializer<Unreadable> = self.place.into_deserializer();
        Ok((seed.deserialize(place)?, self.content))
    }
}

impl<'de> VariantAccess<'de> for Parsed {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        if self.0.is_undefined() { Ok(()) } else { Err(Unreadable) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        de::Deserializer::deserialize_seq(self, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_seq(self.fields(names)?)
    }
}
