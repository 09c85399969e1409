//! Licence expressions: `MIT OR (Apache-2.0 AND BSD-3-Clause)`, as far as packages use them.

/// True when the expression can be met with licences from the list alone.
pub fn is_met(expression: &str, allowed: &[&str]) -> bool {
    let spaced = expression
        .replace('(', " ( ")
        .replace(')', " ) ")
        .replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut parser = Parser {
        tokens: &tokens,
        allowed,
    };
    let met = parser.any();
    met && parser.tokens.is_empty()
}

struct Parser<'a> {
    tokens: &'a [&'a str],
    allowed: &'a [&'a str],
}

impl Parser<'_> {
    fn eats(&mut self, token: &str) -> bool {
        match self.tokens.split_first() {
            Some((first, rest)) if *first == token => {
                self.tokens = rest;
                true
            }
            _ => false,
        }
    }

    fn any(&mut self) -> bool {
        let mut met = self.all();
        while self.eats("OR") {
            met |= self.all();
        }
        met
    }

    fn all(&mut self) -> bool {
        let mut met = self.one();
        while self.eats("AND") {
            met &= self.one();
        }
        met
    }

    fn one(&mut self) -> bool {
        if self.eats("(") {
            let met = self.any();
            return self.eats(")") && met;
        }
        let Some((licence, rest)) = self.tokens.split_first() else {
            return false;
        };
        self.tokens = rest;
        if let ["WITH", exception, rest @ ..] = self.tokens {
            self.tokens = rest;
            return self
                .allowed
                .contains(&format!("{licence} WITH {exception}").as_str());
        }
        self.allowed.contains(licence)
    }
}
