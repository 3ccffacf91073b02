/// What each nameserver and resolver answers, and for how long.
@NullMarked
package dev.allclear.probes.dns;

import org.jspecify.annotations.NullMarked;
