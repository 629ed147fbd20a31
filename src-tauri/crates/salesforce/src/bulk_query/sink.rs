//! Who takes the rows of a download.

use futures_util::future::BoxFuture;

use super::resume::ResumePoint;
use super::row::QueryRow;

/// An error of the receiver; `Error::Sink` carries it to the caller.
pub type SinkError = Box<dyn std::error::Error + Send + Sync>;

/// Takes rows as they arrive. `columns` comes first (again after a resumption; never when an empty job has not even
/// a header), then rows, with a `checkpoint` now and then.
pub trait RowSink: Send {
    /// The columns in SELECT order, e.g. `Id`, `Owner.Name`.
    fn columns(&mut self, columns: &[String]) -> Result<(), SinkError>;

    /// One row. It is borrowed from the reader's buffer, so copy what must outlive the call.
    fn row(&mut self, row: QueryRow<'_>) -> Result<(), SinkError>;

    /// Every row given before this call is counted in the point: store both together, and a download that starts
    /// from it brings exactly the rest. Called after about a thousand rows and at each page's end; the download
    /// waits for it, so this is also where a slow receiver holds the line.
    fn checkpoint<'a>(&'a mut self, point: &'a ResumePoint) -> BoxFuture<'a, Result<(), SinkError>> {
        let _ = point;
        Box::pin(std::future::ready(Ok(())))
    }
}
