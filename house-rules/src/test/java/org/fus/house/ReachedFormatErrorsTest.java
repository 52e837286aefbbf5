package org.fus.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.fus.core.error.FusFormatException;
import org.fus.io.FusFiles;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Every place at which a reader makes a format error is reached by a test: a check that nothing meets may be wrong. */
class ReachedFormatErrorsTest {
    private static final Path REPORT = Path.of("../fus-io/target/site/jacoco/jacoco.xml");

    /**
     * Nets, which turn what the checks of a reader have let through into a format error, and limits that a file reaches with
     * more nodes than a test should write. A test that can reach one takes it off this list.
     */
    private static final Set<String> NOT_DEMANDED = Set.of(
            "Hdf.possible",
            "NpyFormat.described",
            "NiftiFormat.open",
            "ScanV1Format.open",
            "ScanV2Format.open",
            "UrxNodes.items",
            "UrxTree.node");

    @Test
    void everyFormatErrorOfTheReaders_isReachedByATest() throws Exception {
        Assumptions.assumeTrue(
                Boolean.getBoolean("fus.full"), "fewer damaged files reach fewer errors: run mvn -Pfull verify");
        Assumptions.assumeTrue(
                Files.exists(REPORT), "the coverage of fus-io is not there: run mvn verify without -Djacoco.skip");
        Assumptions.assumeTrue(
                System.getProperty("test") == null, "a run of some tests covers a part only: run mvn verify");
        Assumptions.assumeTrue(
                Files.getLastModifiedTime(REPORT).compareTo(newestClass()) >= 0,
                "the coverage of fus-io is older than its classes: run mvn verify");
        Map<String, Integer> covered = coveredInstructions();
        TreeSet<String> unreached = new TreeSet<>();
        int places = 0;
        for (JavaClass c : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.fus.io")) {
            for (JavaAccess<?> call : (Iterable<JavaAccess<?>>) formatErrors(c)::iterator) {
                String place = c.getPackageName().replace('.', '/') + "/"
                        + c.getSource().orElseThrow().getFileName().orElseThrow() + ":" + call.getLineNumber();
                places++;
                String method = c.getSimpleName() + "." + call.getOrigin().getName();
                if (covered.getOrDefault(place, 0) == 0 && !NOT_DEMANDED.contains(method)) {
                    unreached.add(place);
                }
            }
        }
        assertThat(places).as("places that make a format error").isPositive();
        assertThat(unreached).as("places of %d that no test reaches", places).isEmpty();
    }

    private static Stream<JavaAccess<?>> formatErrors(JavaClass c) {
        return Stream.concat(
                c.getConstructorCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isAssignableTo(FusFormatException.class)),
                c.getMethodCallsFromSelf().stream()
                        .filter(call -> call.getTarget().getRawReturnType().isAssignableTo(FusFormatException.class)));
    }

    private static Map<String, Integer> coveredInstructions()
            throws IOException, ParserConfigurationException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Map<String, Integer> out = new HashMap<>();
        NodeList lines = factory.newDocumentBuilder().parse(REPORT.toFile()).getElementsByTagName("line");
        for (int i = 0; i < lines.getLength(); i++) {
            Element line = (Element) lines.item(i);
            Element file = (Element) line.getParentNode();
            Element folder = (Element) file.getParentNode();
            out.put(
                    folder.getAttribute("name") + "/" + file.getAttribute("name") + ":" + line.getAttribute("nr"),
                    Integer.parseInt(line.getAttribute("ci")));
        }
        return out;
    }

    private static FileTime newestClass() throws IOException {
        Path classes = Path.of(FusFiles.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return Files.getLastModifiedTime(classes);
    }
}
