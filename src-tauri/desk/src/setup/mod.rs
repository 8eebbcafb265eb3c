//! Setting a clinic up: its first start, its parts, holidays and protocols.

mod first_start;
mod forms;
mod impact;
mod parts;
mod protocols;
mod services;
mod words;

pub(crate) use forms::practitioner_form;
pub(crate) use services::shipped_services;

#[cfg(test)]
mod tests;
