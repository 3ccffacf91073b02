/// A two-region world to try Allclear on: a shop, its authoritative nameserver, three caching
/// resolvers, what can be done to them, and the exact truth of what happened.
@NullMarked
package dev.allclear.agent.demo;

import org.jspecify.annotations.NullMarked;
