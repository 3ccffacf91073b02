/// HTTP as one user speaks it: requests, redirects, cookies and WebSockets, within limits of size
/// and time; when each part of it happened, and what went wrong.
@NullMarked
package dev.allclear.probes.http;

import org.jspecify.annotations.NullMarked;
