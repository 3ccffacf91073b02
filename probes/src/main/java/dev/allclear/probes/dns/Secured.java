package dev.allclear.probes.dns;

import dev.allclear.probes.wire.Trust;

/// What TLS needs of a server: whom to trust, its name as in a URL, and the path of its queries,
/// which is empty unless HTTPS carries them.
record Secured(Trust trust, String host, String path) {}
