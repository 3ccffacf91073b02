/// An operator's file: values that know where they stand, the forms of text in them, and every
/// problem with it at once.
@NullMarked
package dev.allclear.agent.yaml;

import org.jspecify.annotations.NullMarked;
