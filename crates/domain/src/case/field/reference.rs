//! Values that name something kept elsewhere.

use super::super::facts::Facts;
use super::super::refusal::FieldFault;
use super::super::value::Value;
use crate::id::{FileId, UnitId};

const UNITS_MAX: usize = 30;

pub(super) fn unit(name: &str, unit: UnitId, facts: &Facts) -> Result<Value, FieldFault> {
    match facts.units.contains_key(&unit) {
        true => Ok(Value::Unit(unit)),
        false => Err(FieldFault::new(name, "fault-no-unit")),
    }
}

pub(super) fn units(name: &str, units: &[UnitId], facts: &Facts) -> Result<Value, FieldFault> {
    let mut named: Vec<UnitId> = Vec::new();
    for &id in units {
        unit(name, id, facts)?;
        if !named.contains(&id) {
            named.push(id);
        }
    }
    match named.len() > UNITS_MAX {
        true => Err(FieldFault::new(name, "fault-too-many").with("max", UNITS_MAX)),
        false => Ok(Value::Units(named)),
    }
}

pub(super) fn files(name: &str, files: &[FileId], max: usize) -> Result<Value, FieldFault> {
    match files.len() > max {
        true => Err(FieldFault::new(name, "fault-too-many").with("max", max)),
        false => Ok(Value::Files(files.to_vec())),
    }
}
