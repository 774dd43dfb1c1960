//! OpenAPI shapes of the types that travel as one text or one number.
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

macro_rules! shapes { ($kind:expr; $($(#[doc = $doc:literal])* $t:ty),* $(,)?) => { $(
    impl PartialSchema for $t {
        fn schema() -> RefOr<Schema> {
            ObjectBuilder::new().schema_type($kind).description(Some(concat!($($doc),*))).build().into()
        }
    }
    impl ToSchema for $t {}
)* } }

shapes!(Type::String;
    /// UUID
    crate::OfficeId,
    /// UUID
    crate::OrgId,
    /// UUID
    crate::PersonId,
    /// UUID
    crate::ProjectId,
    /// UUID
    crate::UserId,
    /// A day, month, quarter, half or year: 2026-03-15, 2026-03x2, 2026-03, 2026-Q1, 2026-H1, 2026
    crate::Period,
    /// YYYY-MM
    crate::YearMonth,
    /// National project code
    crate::ProjectCode,
    /// Unified social credit code, 18 characters
    crate::Uscc,
    /// Division code
    crate::DivisionCode,
    /// Industry class, such as C3441
    crate::IndustryCode,
);
shapes!(Type::Integer;
    /// Hundredths of the currency unit
    crate::Money,
    /// Square metres
    crate::Area,
);
