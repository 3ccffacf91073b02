/// Text with placeholders: what is sent, and what of it may be shown.
@NullMarked
package dev.allclear.probes.template;

import org.jspecify.annotations.NullMarked;
