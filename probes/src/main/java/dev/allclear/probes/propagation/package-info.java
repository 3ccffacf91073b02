/// How a change of a DNS name reaches the caches users ask: what each cache has been seen to do,
/// when its entry will expire, when to ask next, and between which two instants it flipped. Pure:
/// time comes in as moments, answers come in as sightings.
@NullMarked
package dev.allclear.probes.propagation;

import org.jspecify.annotations.NullMarked;
