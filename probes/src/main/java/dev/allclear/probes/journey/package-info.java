/// Journeys: ordered HTTP steps that share a cookie jar and variables, as a user would walk them.
@NullMarked
package dev.allclear.probes.journey;

import org.jspecify.annotations.NullMarked;
