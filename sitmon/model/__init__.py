"""The nouns: frozen, slotted, standard library only. Every other room is a verb that turns one noun into the next."""
