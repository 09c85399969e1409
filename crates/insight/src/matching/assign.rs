//! The cheapest assignment of rows to columns over a sparse graph, where each row may also stay
//! alone at a price of its own: successive shortest paths over reduced costs, as Jonker and
//! Volgenant describe them, with a heap because the graph is sparse.
//!
//! It comes with prices of rows and columns that prove it: [`Assignment::flaw`] checks them, in
//! the tests and in the bench. Why our own: `docs/decisions/2026-11-28-matching.md`.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A row may have this column at this cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    pub column: u32,
    pub cost: i64,
}

/// Rows with their edges, and what it costs to leave each alone.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    pub columns: usize,
    rows: Vec<Vec<Edge>>,
    alone: Vec<i64>,
}

impl Graph {
    pub fn new(columns: usize) -> Graph {
        Graph {
            columns,
            ..Graph::default()
        }
    }

    /// One more row; edges that cost as much as staying alone are never needed.
    pub fn row(&mut self, alone: i64, edges: impl IntoIterator<Item = Edge>) {
        let edges = edges.into_iter().filter(|edge| edge.cost < alone);
        self.rows.push(edges.collect());
        self.alone.push(alone);
    }

    /// More edges for a row that is there; a column that it has already is left out.
    pub fn widen(&mut self, row: usize, edges: impl IntoIterator<Item = Edge>) {
        let alone = self.alone[row];
        let known = &mut self.rows[row];
        for edge in edges {
            if edge.cost < alone && known.iter().all(|other| other.column != edge.column) {
                known.push(edge);
            }
        }
    }

    pub fn rows(&self) -> &[Vec<Edge>] {
        &self.rows
    }

    pub fn edges(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }
}

/// Who has whom, with the prices that prove that it cannot be cheaper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The column of each row; none when it stays alone.
    pub columns: Vec<Option<u32>>,
    /// What each row pays, all in all.
    pub row_prices: Vec<i64>,
    /// What each column takes of that: nothing, unless two want it.
    pub column_prices: Vec<i64>,
    pub cost: i64,
}

/// What is wrong with an assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// Two rows have this column.
    Twice(u32),
    /// A row has a column without an edge to it.
    NoEdge(usize),
    /// A row pays more than this column would cost it.
    CheaperColumn(usize, u32),
    /// A row pays more than staying alone.
    CheaperAlone(usize),
    /// A row pays something else than it gets.
    NotTight(usize),
    /// A column that nobody has takes a price, or one takes less than nothing.
    Price(u32),
    /// The costs and the prices do not add up to the same.
    Sum,
}

impl Assignment {
    /// The first thing that is wrong; none proves that no assignment is cheaper.
    pub fn flaw(&self, graph: &Graph) -> Option<Flaw> {
        let mut taken = vec![false; graph.columns];
        let mut cost = 0;
        for (row, edges) in graph.rows.iter().enumerate() {
            let pays = self.row_prices[row];
            let costs = |edge: &Edge| edge.cost + self.column_prices[edge.column as usize];
            if pays > graph.alone[row] {
                return Some(Flaw::CheaperAlone(row));
            }
            if let Some(edge) = edges.iter().find(|edge| pays > costs(edge)) {
                return Some(Flaw::CheaperColumn(row, edge.column));
            }
            let has = match self.columns[row] {
                None => {
                    cost += graph.alone[row];
                    graph.alone[row]
                }
                Some(column) => {
                    if std::mem::replace(&mut taken[column as usize], true) {
                        return Some(Flaw::Twice(column));
                    }
                    let Some(edge) = edges.iter().find(|edge| edge.column == column) else {
                        return Some(Flaw::NoEdge(row));
                    };
                    cost += edge.cost;
                    costs(edge)
                }
            };
            if pays != has {
                return Some(Flaw::NotTight(row));
            }
        }
        let prices = (0..).zip(self.column_prices.iter().zip(taken));
        let wrong = prices
            .filter(|(_, (price, taken))| **price < 0 || (**price > 0 && !taken))
            .map(|(column, _)| Flaw::Price(column))
            .next();
        let paid: i64 = self.row_prices.iter().sum();
        let sum = paid - self.column_prices.iter().sum::<i64>();
        wrong.or((cost != self.cost || cost != sum).then_some(Flaw::Sum))
    }
}

/// The cheapest assignment.
pub fn assign(graph: &Graph) -> Assignment {
    let mut solver = Solver::new(graph);
    for row in 0..graph.rows.len() {
        solver.seat(row);
    }
    let has = solver.has.iter().map(|edge| edge.map(|edge| edge.column));
    let costs = solver.has.iter().zip(&graph.alone);
    Assignment {
        columns: has.collect(),
        cost: costs
            .map(|(edge, alone)| edge.map_or(*alone, |edge| edge.cost))
            .sum(),
        row_prices: solver.row_prices,
        column_prices: solver.column_prices,
    }
}

/// Whoever is cheapest first, one after the other: what the bench compares with.
pub fn greedy(graph: &Graph) -> i64 {
    let mut edges: Vec<(i64, usize, Edge)> = Vec::new();
    for (row, own) in graph.rows.iter().enumerate() {
        let saves = |edge: &Edge| edge.cost - graph.alone[row];
        edges.extend(own.iter().map(|edge| (saves(edge), row, *edge)));
    }
    edges.sort_unstable_by_key(|(saves, row, edge)| (*saves, *row, edge.column));
    let (mut rows, mut columns) = (vec![false; graph.rows.len()], vec![false; graph.columns]);
    let mut cost: i64 = graph.alone.iter().sum();
    for (saves, row, edge) in edges {
        let column = edge.column as usize;
        if !rows[row] && !columns[column] {
            (rows[row], columns[column]) = (true, true);
            cost += saves;
        }
    }
    cost
}

const NOBODY: u32 = u32::MAX;

/// How a column was reached in the search from one row.
#[derive(Clone, Copy)]
struct Mark {
    /// The search in which it was, so that nothing has to be wiped.
    search: u32,
    is_final: bool,
    distance: i64,
    /// From which row, by which edge of it.
    row: u32,
    edge: u32,
}

struct Solver<'g> {
    graph: &'g Graph,
    /// The edge by which each row has its column.
    has: Vec<Option<Edge>>,
    /// The row of each column.
    of: Vec<u32>,
    row_prices: Vec<i64>,
    column_prices: Vec<i64>,
    marks: Vec<Mark>,
    search: u32,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
    /// The columns whose distance is final in this search.
    passed: Vec<u32>,
}

/// Where the cheapest way from a row ends.
#[derive(Clone, Copy)]
enum End {
    /// At a column that nobody has.
    Free(u32),
    /// At a row that would rather be alone.
    Alone(usize),
}

impl<'g> Solver<'g> {
    fn new(graph: &'g Graph) -> Solver<'g> {
        let mark = Mark {
            search: 0,
            is_final: false,
            distance: 0,
            row: NOBODY,
            edge: 0,
        };
        Solver {
            graph,
            has: vec![None; graph.rows.len()],
            of: vec![NOBODY; graph.columns],
            row_prices: vec![0; graph.rows.len()],
            column_prices: vec![0; graph.columns],
            marks: vec![mark; graph.columns],
            search: 0,
            heap: BinaryHeap::new(),
            passed: Vec::new(),
        }
    }

    /// Gives the row a column, moving others where that is cheaper for all.
    fn seat(&mut self, row: usize) {
        let edges = &self.graph.rows[row];
        let pays = edges
            .iter()
            .map(|edge| edge.cost + self.column_prices[edge.column as usize]);
        let pays = pays.min().unwrap_or(i64::MAX);
        self.row_prices[row] = pays.min(self.graph.alone[row]);
        let (length, end) = self.cheapest_way(row);
        self.reprice(row, length);
        self.move_along(row, end);
    }

    /// The shortest way over reduced costs from a row that has no column.
    fn cheapest_way(&mut self, start: usize) -> (i64, End) {
        self.search += 1;
        self.heap.clear();
        self.passed.clear();
        let mut best = (i64::MAX, End::Alone(start));
        self.leave(start, 0, &mut best);
        while let Some(Reverse((distance, column))) = self.heap.pop() {
            if distance >= best.0 {
                break;
            }
            let mark = &mut self.marks[column as usize];
            if mark.is_final || mark.distance < distance {
                continue;
            }
            mark.is_final = true;
            let row = self.of[column as usize];
            if row == NOBODY {
                return (distance, End::Free(column));
            }
            self.passed.push(column);
            self.leave(row as usize, distance, &mut best);
        }
        best
    }

    /// Looks at all ways out of a row that is `so_far` from the start.
    fn leave(&mut self, row: usize, so_far: i64, best: &mut (i64, End)) {
        let pays = self.row_prices[row];
        let alone = so_far + self.graph.alone[row] - pays;
        if alone < best.0 {
            *best = (alone, End::Alone(row));
        }
        for (number, edge) in (0..).zip(&self.graph.rows[row]) {
            let column = edge.column as usize;
            let distance = so_far + edge.cost + self.column_prices[column] - pays;
            let mark = &mut self.marks[column];
            let is_known = mark.search == self.search && mark.distance <= distance;
            if is_known || distance >= best.0 {
                continue;
            }
            *mark = Mark {
                search: self.search,
                is_final: false,
                distance,
                row: u32::try_from(row).expect("nobody has so many needs"),
                edge: number,
            };
            self.heap.push(Reverse((distance, edge.column)));
        }
    }

    /// Lets prices follow, so that no reduced cost is negative and the way costs nothing.
    fn reprice(&mut self, start: usize, length: i64) {
        self.row_prices[start] += length;
        for column in &self.passed {
            let column = *column as usize;
            let by = length - self.marks[column].distance;
            if by > 0 {
                self.column_prices[column] += by;
                self.row_prices[self.of[column] as usize] += by;
            }
        }
    }

    /// Moves everybody on the way from its end back to the start.
    fn move_along(&mut self, start: usize, end: End) {
        let mut column = match end {
            End::Free(column) => column,
            End::Alone(row) => match self.has[row].take() {
                Some(edge) => edge.column,
                // Only the start has no column, and it may stay so.
                None => return,
            },
        };
        loop {
            let mark = self.marks[column as usize];
            let row = mark.row as usize;
            let edge = self.graph.rows[row][mark.edge as usize];
            let before = self.has[row].replace(edge);
            self.of[column as usize] = mark.row;
            match before {
                Some(before) if row != start => column = before.column,
                _ => return,
            }
        }
    }
}
