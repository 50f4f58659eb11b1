import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Rewrites the classes of a jar to a class-file version with stack maps. The JVM's AOT cache leaves
 * classes older than Java 6 out, and picocli's are; that alone costs 38 ms at each start (jvm.md 4c).
 *
 * <p>{@code java UpgradeClasses.java FROM.jar TO.jar}
 */
final class UpgradeClasses {
    private static final int OLDEST_KEPT = 52;
    private static final int VERSION = 61;

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        try (var in = new JarFile(from.toFile());
                var loader = new URLClassLoader(new URL[] {from.toUri().toURL()});
                var out = new JarOutputStream(java.nio.file.Files.newOutputStream(Path.of(arguments[1])))) {
            ClassFile classFile =
                    ClassFile.of(
                            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                            ClassFile.ClassHierarchyResolverOption.of(
                                    ClassHierarchyResolver.ofResourceParsing(loader)
                                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (Enumeration<JarEntry> entries = in.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                var copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(isOldClass(entry, bytes) ? upgrade(classFile, bytes) : bytes);
                out.closeEntry();
            }
        }
    }

    private static boolean isOldClass(JarEntry entry, byte[] bytes) {
        return entry.getName().endsWith(".class")
                && !entry.getName().endsWith("module-info.class")
                && bytes[7] < OLDEST_KEPT;
    }

    private static byte[] upgrade(ClassFile classFile, byte[] bytes) {
        ClassModel old = classFile.parse(bytes);
        return classFile.transformClass(
                old,
                ClassTransform.endHandler(builder -> builder.withVersion(VERSION, 0))
                        .andThen(
                                ClassTransform.transformingMethodBodies(
                                        (builder, element) -> builder.with(element))));
    }
}
