//! Correlation matrices: their Cholesky factor, and the nearest one to a matrix that is none.

/// A square matrix by rows.
pub(crate) type Matrix = Vec<Vec<f64>>;

/// A pivot below this is taken for zero.
const ZERO: f64 = 1e-10;
/// What the least eigenvalue of a repaired matrix is raised to.
const LEAST: f64 = 1e-8;

/// The lower triangular root of a symmetric matrix with a unit diagonal, row behind row; `None` when an eigenvalue is negative.
/// A matrix on the edge, as one of coefficients of 1 or -1, has a root with columns of zeros.
pub(crate) fn cholesky(matrix: &Matrix) -> Option<Matrix> {
    let n = matrix.len();
    let mut root: Matrix = (0..n).map(|row| vec![0.0; row + 1]).collect();
    for column in 0..n {
        for row in column..n {
            let dot: f64 = root[row][..column].iter().zip(&root[column][..column]).map(|(a, b)| a * b).sum();
            root[row][column] = matrix[row][column] - dot;
        }
        let pivot = root[column][column];
        if pivot > ZERO {
            let scale = pivot.sqrt();
            root.iter_mut().skip(column).for_each(|row| row[column] /= scale);
            continue;
        }
        // Nothing is left of this one; then nothing may be left of what others share with it.
        if pivot < -ZERO || root[column + 1..].iter().any(|row| row[column].abs() > 2e-5) {
            return None;
        }
        root.iter_mut().skip(column).for_each(|row| row[column] = 0.0);
    }
    Some(root)
}

/// The correlation matrix nearest to a symmetric matrix with a unit diagonal, by the sum of squares of what changes.
///
/// Alternating projections with Dykstra's correction: Higham, "Computing the nearest correlation matrix", IMA Journal of
/// Numerical Analysis 22, 2002. They are broken off when they stand still, or after a number that falls with the size
/// (one for hundreds of rows); then eigenvalues are held above zero and the diagonal is scaled back to one.
pub(crate) fn nearest_correlation(matrix: &Matrix) -> Matrix {
    let n = matrix.len();
    let most = (20_000_000 / (n * n * n).max(1)).clamp(1, 200);
    let mut near = matrix.clone();
    let mut correction = vec![vec![0.0; n]; n];
    for _ in 1..most {
        let from: Matrix = near.iter().zip(&correction).map(|(a, b)| a.iter().zip(b).map(|(a, b)| a - b).collect()).collect();
        let projected = with_eigenvalues_above(&from, 0.0);
        let mut moved: f64 = 0.0;
        for i in 0..n {
            for j in 0..n {
                correction[i][j] = projected[i][j] - from[i][j];
                let value = if i == j { 1.0 } else { projected[i][j] };
                moved = moved.max((value - near[i][j]).abs());
                near[i][j] = value;
            }
        }
        if moved < 1e-7 {
            break;
        }
    }
    let near = with_eigenvalues_above(&near, LEAST);
    let scale: Vec<f64> = (0..n).map(|i| near[i][i].sqrt()).collect();
    let entry = |i: usize, j: usize| if i == j { 1.0 } else { near[i][j] / (scale[i] * scale[j]) };
    (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
}

/// The same eigenvectors, with eigenvalues raised to at least `least`.
fn with_eigenvalues_above(matrix: &Matrix, least: f64) -> Matrix {
    let (values, vectors) = eigen(matrix.clone());
    let n = values.len();
    let mut out = matrix.clone();
    for (value, vector) in values.iter().zip(&vectors).filter(|(value, _)| **value < least) {
        for i in 0..n {
            let step = (least - value) * vector[i];
            out[i].iter_mut().zip(vector).for_each(|(entry, other)| *entry += step * other);
        }
    }
    out
}

/// Eigenvalues, and their vectors as rows, by Jacobi's rotations.
fn eigen(mut a: Matrix) -> (Vec<f64>, Matrix) {
    let n = a.len();
    let mut vectors: Matrix = (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    for _ in 0..30 {
        let off: f64 = (0..n).map(|i| a[i][..i].iter().map(|entry| entry * entry).sum::<f64>()).sum();
        if off < 1e-22 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q] != 0.0 {
                    rotate(&mut a, &mut vectors, p, q);
                }
            }
        }
    }
    ((0..n).map(|i| a[i][i]).collect(), vectors)
}

/// Turns rows and columns p and q so that their common entry vanishes.
fn rotate(a: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let sign = if theta < 0.0 { -1.0 } else { 1.0 };
    let t = sign / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    turn(a, p, q, c, s);
    for row in a.iter_mut() {
        (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
    }
    turn(vectors, p, q, c, s);
}

fn turn(rows: &mut Matrix, p: usize, q: usize, c: f64, s: f64) {
    let (before, behind) = rows.split_at_mut(q);
    for (x, y) in before[p].iter_mut().zip(&mut behind[0]) {
        (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn product(root: &Matrix, i: usize, j: usize) -> f64 {
        root[i].iter().zip(&root[j]).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn a_root_times_itself_is_the_matrix() {
        for matrix in [
            vec![vec![1.0, 0.5, 0.2], vec![0.5, 1.0, -0.3], vec![0.2, -0.3, 1.0]],
            vec![vec![1.0, -1.0], vec![-1.0, 1.0]],
            vec![vec![1.0; 3]; 3],
        ] {
            let root = cholesky(&matrix).expect("a correlation matrix");
            for (i, row) in matrix.iter().enumerate() {
                for (j, entry) in row.iter().enumerate() {
                    assert!((product(&root, i, j) - entry).abs() < 1e-12);
                }
            }
        }
    }

    /// Higham's own example: 1 and 1 but 0 between three. The nearest has 0.7607 and 0.1573 (his section 4).
    #[test]
    fn the_nearest_is_the_one_of_the_paper() {
        let matrix = vec![vec![1.0, 1.0, 0.0], vec![1.0, 1.0, 1.0], vec![0.0, 1.0, 1.0]];
        assert_eq!(cholesky(&matrix), None);
        let near = nearest_correlation(&matrix);
        assert!((near[0][1] - 0.7607).abs() < 1e-4 && (near[0][2] - 0.1573).abs() < 1e-4, "{near:?}");
        assert!(cholesky(&near).is_some());
    }

    /// Three that are all to be opposite: as opposite as three can be is -1/2.
    #[test]
    fn opposites_of_opposites_give_way_alike() {
        let opposed = |n: usize, r: f64| -> Matrix { (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { r }).collect()).collect() };
        let near = nearest_correlation(&opposed(3, -1.0));
        assert!((near[0][1] + 0.5).abs() < 1e-6 && (near[1][2] + 0.5).abs() < 1e-6, "{near:?}");
        assert!(cholesky(&nearest_correlation(&opposed(60, -0.5))).is_some());
    }
}
