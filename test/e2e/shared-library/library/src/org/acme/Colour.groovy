package org.acme

enum Colour {
    RED, GREEN

    static Colour of(String name) {
        return name == null ? GREEN : valueOf(name.toUpperCase())
    }
}
