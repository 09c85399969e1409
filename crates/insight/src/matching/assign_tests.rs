use pathfinding::kuhn_munkres::kuhn_munkres_min;
use pathfinding::matrix::Matrix;
use proptest::prelude::*;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::assign::{Assignment, Edge, Flaw, Graph, assign, greedy};

const NEVER: i64 = 10_000_000;

/// The same as a full table, as the Hungarian method wants it: each row has a column of its own
/// for staying alone.
fn dearest_way(graph: &Graph, alone: &[i64]) -> i64 {
    let rows = graph.rows().len();
    if rows == 0 {
        return 0;
    }
    let mut table = Matrix::new(rows, graph.columns + rows, NEVER);
    for (row, edges) in graph.rows().iter().enumerate() {
        for edge in edges {
            table[(row, edge.column as usize)] = edge.cost;
        }
        table[(row, graph.columns + row)] = alone[row];
    }
    kuhn_munkres_min(&table).0
}

fn random(rng: &mut ChaCha8Rng, rows: usize, columns: usize, density: f64) -> (Graph, Vec<i64>) {
    let mut graph = Graph::new(columns);
    // Few different costs make many equally good ways, and gains make some negative.
    let most = *[3, 20, 1000].get(rng.random_range(0..3)).unwrap_or(&20);
    let mut alone = Vec::new();
    for _ in 0..rows {
        let price = rng.random_range(0..2 * most);
        let columns = 0..u32::try_from(columns).unwrap_or(0);
        let mut edges = Vec::new();
        for column in columns {
            if rng.random_bool(density) {
                let cost = rng.random_range(-most / 4..most);
                edges.push(Edge { column, cost });
            }
        }
        graph.row(price, edges);
        alone.push(price);
    }
    (graph, alone)
}

#[test]
fn it_is_as_cheap_as_the_hungarian_method_says() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    for _ in 0..600 {
        let rows = rng.random_range(0..14);
        let columns = rng.random_range(0..14);
        let density = rng.random_range(0.05..1.0);
        let (graph, alone) = random(&mut rng, rows, columns, density);
        let found = assign(&graph);
        assert_eq!(found.flaw(&graph), None, "{graph:?}");
        assert_eq!(found.cost, dearest_way(&graph, &alone), "{graph:?}");
        assert!(greedy(&graph) >= found.cost);
    }
    for (rows, columns) in [(60, 60), (90, 40), (40, 90), (120, 120)] {
        for density in [0.05, 0.2, 1.0] {
            let (graph, alone) = random(&mut rng, rows, columns, density);
            let found = assign(&graph);
            assert_eq!(found.flaw(&graph), None);
            assert_eq!(found.cost, dearest_way(&graph, &alone));
        }
    }
}

proptest! {
    #[test]
    fn its_prices_prove_it(seed: u64, rows in 0_usize..60, columns in 0_usize..60) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let density = rng.random_range(0.0..1.0);
        let (graph, _) = random(&mut rng, rows, columns, density);
        prop_assert_eq!(assign(&graph).flaw(&graph), None);
    }

    #[test]
    fn more_edges_never_cost_more(seed: u64) {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let (mut graph, _) = random(&mut rng, 20, 20, 0.2);
        let before = assign(&graph).cost;
        let row = rng.random_range(0..20);
        let column = rng.random_range(0..20);
        graph.widen(row, [Edge { column, cost: rng.random_range(-5..20) }]);
        prop_assert!(assign(&graph).cost <= before);
    }
}

fn two_want_one() -> Graph {
    let mut graph = Graph::new(2);
    let edge = |column, cost| Edge { column, cost };
    graph.row(50, [edge(0, 10), edge(1, 40)]);
    graph.row(50, [edge(0, 12)]);
    graph
}

#[test]
fn whoever_has_another_way_gives_way() {
    // Greedy takes 10 and leaves 50; together 40 and 12 is less.
    let graph = two_want_one();
    let found = assign(&graph);
    assert_eq!(found.columns, [Some(1), Some(0)]);
    assert_eq!((found.cost, greedy(&graph)), (52, 60));
}

#[test]
fn each_flaw_is_seen() {
    let graph = two_want_one();
    let good = assign(&graph);
    let with = |change: fn(&mut Assignment)| {
        let mut bad = good.clone();
        change(&mut bad);
        bad.flaw(&graph)
    };
    assert_eq!(with(|a| a.columns[0] = Some(0)), Some(Flaw::Twice(0)));
    assert_eq!(with(|a| a.columns.swap(0, 1)), Some(Flaw::NoEdge(1)));
    assert_eq!(with(|a| a.columns[0] = None), Some(Flaw::NotTight(0)));
    assert_eq!(with(|a| a.row_prices[0] = 51), Some(Flaw::CheaperAlone(0)));
    let lower = with(|a| a.column_prices[0] = 0);
    assert!(matches!(lower, Some(Flaw::CheaperColumn(..))), "{lower:?}");
    assert_eq!(with(|a| a.cost += 1), Some(Flaw::Sum));

    // Both pay for the same column, and say that it is worth it.
    let mut graph = Graph::new(2);
    graph.row(9, [Edge { column: 0, cost: 5 }]);
    graph.row(9, [Edge { column: 0, cost: 5 }]);
    let twice = Assignment {
        columns: vec![Some(0), Some(0)],
        row_prices: vec![5, 5],
        column_prices: vec![0, 0],
        cost: 10,
    };
    assert_eq!(twice.flaw(&graph), Some(Flaw::Twice(0)));
    let idle = Assignment {
        columns: vec![Some(0), None],
        row_prices: vec![9, 9],
        column_prices: vec![4, 1],
        cost: 14,
    };
    assert_eq!(idle.flaw(&graph), Some(Flaw::Price(1)));
}
