//! A household is visited while it wants to be, and never forgotten.
