package dev.dyno.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** dyno's own library against the methods that are bound to it. */
final class BindingTest {
    private static final Path LIBRARY =
            Path.of(System.getProperty("dyno.root", ""), "target/dyno/natives/libdyno.so");

    @Test
    @SuppressWarnings("restricted")
    void theLibraryHasAFunctionForEachNativeMethod() throws Exception {
        Assumptions.assumeTrue(Files.exists(LIBRARY), "not built: no C compiler");
        var missing = new ArrayList<String>();
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup library = SymbolLookup.libraryLookup(LIBRARY, arena);
            for (Class<?> bound :
                    List.of(
                            Posix.class,
                            Class.forName("dev.dyno.process.Posix$Linux"),
                            LinuxFiles.class,
                            Shim.class)) {
                for (Method method : bound.getDeclaredMethods()) {
                    if (Modifier.isNative(method.getModifiers())
                            && library.find(shortName(method)).isEmpty()
                            && library.find(longName(method)).isEmpty()) {
                        missing.add(longName(method));
                    }
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** As the JNI specification has it, "Resolving Native Method Names". */
    private static String shortName(Method method) {
        return "Java_"
                + escape(method.getDeclaringClass().getName())
                + "_"
                + escape(method.getName());
    }

    private static String longName(Method method) {
        String descriptor =
                MethodType.methodType(void.class, method.getParameterTypes())
                        .toMethodDescriptorString();
        return shortName(method) + "__" + escape(descriptor.substring(1, descriptor.indexOf(')')));
    }

    private static String escape(String name) {
        return name.replace("_", "_1")
                .replace(";", "_2")
                .replace("[", "_3")
                .replace("$", "_00024")
                .replace('.', '_')
                .replace('/', '_');
    }
}
