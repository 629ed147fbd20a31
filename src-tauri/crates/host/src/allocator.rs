//! Memory of both programs on Linux. A run makes and drops many small texts on several threads in turn; the system's allocator
//! keeps a part of its memory for each of them, which costs a fifth more at its peak.

use tikv_jemallocator::Jemalloc;

#[global_allocator]
static ALLOCATOR: Jemalloc = Jemalloc;
