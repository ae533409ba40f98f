//! What the product is about, and no I/O: tasks, requirements, challenges, the judge, proofs, receipts.
