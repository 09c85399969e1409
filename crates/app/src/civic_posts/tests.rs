//! A post is given to no more than hold it, rated once by each, and nobody learns by whom.
