//! Expressions as they grow while being read. Each knows how deep and how large it is, so that no input makes one that
//! is dangerous to walk through.

use super::{DEPTH_MAX, Problem};
use assistant::Value;
use assistant::definition::{BinaryOp, Expr};

/// Expressions in one; `?:` and `?.` repeat what stands before them.
const SIZE_MAX: usize = 20_000;

/// An expression that keeps to the limits.
#[derive(Clone, Debug)]
pub struct Grown {
    expr: Expr,
    depth: usize,
    size: usize,
}

impl Grown {
    /// With nothing inside.
    pub fn leaf(expr: Expr) -> Self {
        Self { expr, depth: 1, size: 1 }
    }

    /// With others inside it.
    pub fn over(inside: Vec<Self>, at: usize, make: impl FnOnce(Vec<Expr>) -> Expr) -> Result<Self, Problem> {
        let depth = 1 + inside.iter().map(|grown| grown.depth).max().unwrap_or(0);
        let size = 1 + inside.iter().map(|grown| grown.size).sum::<usize>();
        if depth > DEPTH_MAX || size > SIZE_MAX {
            return Err(too_deep(at));
        }
        Ok(Self { expr: make(inside.into_iter().map(|grown| grown.expr).collect()), depth, size })
    }

    /// With one inside it.
    pub fn wrap(self, at: usize, make: impl FnOnce(Expr) -> Expr) -> Result<Self, Problem> {
        Self::over(vec![self], at, |mut one| make(one.pop().unwrap_or_default()))
    }

    /// With two inside it.
    pub fn join(
        self,
        other: Self,
        at: usize,
        make: impl FnOnce(Expr, Expr) -> Expr,
    ) -> Result<Self, Problem> {
        Self::over(vec![self, other], at, |mut two| {
            let second = two.pop().unwrap_or_default();
            make(two.pop().unwrap_or_default(), second)
        })
    }

    /// `self ? then : otherwise`
    pub fn choose(self, then: Self, otherwise: Self, at: usize) -> Result<Self, Problem> {
        Self::over(vec![self, then, otherwise], at, |mut three| {
            let otherwise = three.pop().unwrap_or_default();
            let then = three.pop().unwrap_or_default();
            Expr::Choose(Box::new(three.pop().unwrap_or_default()), Box::new(then), Box::new(otherwise))
        })
    }

    /// `self != null`
    pub fn exists(&self, at: usize) -> Result<Self, Problem> {
        let nothing = Self::leaf(Expr::default());
        self.clone().join(nothing, at, |a, b| Expr::Binary(BinaryOp::NotEqual, Box::new(a), Box::new(b)))
    }

    /// The expression, as it stands.
    pub fn expr(&self) -> &Expr {
        &self.expr
    }

    /// The number, when it is one.
    pub fn number(&self) -> Option<f64> {
        if let Expr::Value(Value::Number(number)) = self.expr { Some(number) } else { None }
    }

    /// The expression.
    pub fn into_expr(self) -> Expr {
        self.expr
    }
}

/// What is deeper or larger than allowed.
pub fn too_deep(at: usize) -> Problem {
    let problem = format!("more than {DEPTH_MAX} expressions are inside each other, or {SIZE_MAX} in one");
    Problem::new(at, problem, "compute parts of it first, with `set`")
}
