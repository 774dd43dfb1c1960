//! Files in a form, read one after another up to a limit.
use crate::problem::Failure;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use lantu_app::evidence::Incoming;

/// The next part that is a file; other parts are passed over.
pub async fn next_file(form: &mut Multipart, limit: u64) -> Result<Option<Incoming>, Failure> {
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        if let Some(name) = field.file_name().map(str::to_owned) {
            return Ok(Some(Incoming { name, bytes: bytes_of(field, limit).await? }));
        }
    }
    Ok(None)
}

fn unreadable(e: MultipartError) -> Failure {
    Failure::of_status(e.status())
}

/// What is beyond the limit is read and dropped: a browser that is cut off while it sends shows no answer at all.
async fn bytes_of(mut field: Field<'_>, limit: u64) -> Result<Option<bytes::Bytes>, Failure> {
    let (mut bytes, mut size) = (vec![], 0);
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        size += chunk.len() as u64;
        if size > limit {
            bytes = vec![];
        } else {
            bytes.extend_from_slice(&chunk);
        }
    }
    Ok((size <= limit).then(|| bytes.into()))
}
