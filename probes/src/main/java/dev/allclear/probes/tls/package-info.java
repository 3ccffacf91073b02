/// Certificates as files hold them and as servers show them: whom to believe, and what is wrong
/// with one, in a sentence.
@NullMarked
package dev.allclear.probes.tls;

import org.jspecify.annotations.NullMarked;
