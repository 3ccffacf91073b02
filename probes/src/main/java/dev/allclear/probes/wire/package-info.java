/// Bytes on the network with exact times: DNS messages over UDP, TCP, TLS and HTTPS.
@NullMarked
package dev.allclear.probes.wire;

import org.jspecify.annotations.NullMarked;
