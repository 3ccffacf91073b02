package dev.allclear.probes.dns;

import dev.allclear.probes.wire.Route;
import dev.allclear.probes.wire.Trust;

/// What TLS needs of a server: whom to trust, its name as in a URL, and the path of its queries,
/// which is empty unless HTTPS carries them, by this method.
record Secured(Trust trust, String host, String path, Route.Method method) {}
