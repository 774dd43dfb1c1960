//! HTTP: routes, sign-in, live events, the embedded web.
