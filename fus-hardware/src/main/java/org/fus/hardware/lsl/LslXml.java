package org.fus.hardware.lsl;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.fus.core.error.FusFormatException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Descriptions of streams as XML. */
final class LslXml {
    /** The version that is spoken here. */
    static final int VERSION = 110;

    private LslXml() {}

    /** The fields of a description in the order in which liblsl writes them. */
    static Map<String, String> fields(
            LslStreamInfo info,
            String uid,
            String session,
            String host,
            int dataPort,
            int servicePort,
            double createdS) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", info.name());
        fields.put("type", info.type());
        fields.put("channel_count", Integer.toString(info.channels()));
        fields.put("channel_format", info.format().label());
        fields.put("source_id", info.sourceId());
        fields.put("nominal_srate", Double.toString(info.nominalRateHz()));
        fields.put("version", Double.toString(VERSION / 100.0));
        fields.put("created_at", Double.toString(createdS));
        fields.put("uid", uid);
        fields.put("session_id", session);
        fields.put("hostname", host);
        fields.put("v4address", "");
        fields.put("v4data_port", Integer.toString(dataPort));
        fields.put("v4service_port", Integer.toString(servicePort));
        fields.put("v6address", "");
        fields.put("v6data_port", "0");
        fields.put("v6service_port", "0");
        return fields;
    }

    static String write(Map<String, String> fields, List<String> labels) {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?>\n<info>\n");
        fields.forEach((name, value) -> xml.append('\t').append(element(name, value)));
        if (labels.isEmpty()) {
            xml.append("\t<desc />\n");
        } else {
            xml.append("\t<desc>\n\t\t<channels>\n");
            labels.forEach(l -> xml.append("\t\t\t<channel>")
                    .append(element("label", l).strip())
                    .append("</channel>\n"));
            xml.append("\t\t</channels>\n\t</desc>\n");
        }
        return xml.append("</info>\n").toString();
    }

    private static String element(String name, String value) {
        String text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + text + "</" + name + ">\n";
    }

    /**
     * Reads a description.
     *
     * @throws FusFormatException when it is not one
     */
    static LslFound read(String source, String xml, InetAddress address) {
        Map<String, String> fields = new LinkedHashMap<>();
        List<String> labels = new ArrayList<>();
        Element root = root(source, xml);
        for (Node n = root.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element e) {
                fields.putIfAbsent(e.getTagName(), e.getTextContent().strip());
                if (e.getTagName().equals("desc")) {
                    collectLabels(e, labels);
                }
            }
        }
        String format = fields.getOrDefault("channel_format", "");
        try {
            int channels = (int) number(source, fields, "channel_count", 1, LslStreamInfo.MOST_CHANNELS);
            LslStreamInfo info = new LslStreamInfo(
                    fields.getOrDefault("name", ""),
                    fields.getOrDefault("type", ""),
                    channels,
                    number(source, fields, "nominal_srate", 0, 1e12),
                    LslFormat.ofLabel(format)
                            .orElseThrow(() -> new FusFormatException(
                                    source,
                                    "channel_format",
                                    "expected such as float32 or string, got '" + format + "'")),
                    fields.getOrDefault("source_id", ""),
                    labels.size() == channels ? labels : List.of());
            String uid = fields.getOrDefault("uid", "");
            if (!uid.matches("[0-9A-Za-z{}-]{1,100}")) {
                throw new FusFormatException(source, "uid", "expected letters, digits and dashes, got '" + uid + "'");
            }
            return new LslFound(
                    info,
                    uid,
                    fields.getOrDefault("hostname", ""),
                    address,
                    (int) number(source, fields, "v4data_port", 0, 65535),
                    (int) number(source, fields, "v4service_port", 0, 65535),
                    (int) Math.round(100 * number(source, fields, "version", 0.01, 100)));
        } catch (IllegalArgumentException e) { // the stream's own rules
            throw new FusFormatException(source, "description", e.getMessage(), e);
        }
    }

    private static void collectLabels(Element desc, List<String> labels) {
        var found = desc.getElementsByTagName("label");
        for (int i = 0; i < found.getLength(); i++) {
            labels.add(found.item(i).getTextContent().strip());
        }
    }

    private static double number(String source, Map<String, String> fields, String name, double least, double most) {
        String text = fields.getOrDefault(name, "");
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new FusFormatException(source, name, "expected a number, got '" + text + "'", e);
        }
        if (!(value >= least && value <= most)) {
            throw new FusFormatException(source, name, "expected " + least + " to " + most + ", got " + text);
        }
        return value;
    }

    private static Element root(String source, String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true); // no entities, no files
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler()); // the JDK's own prints
            return builder.parse(new InputSource(new StringReader(xml.strip()))).getDocumentElement();
        } catch (SAXException e) {
            throw new FusFormatException(source, "description", "is not XML: " + e.getMessage(), e);
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("the XML parser of the JDK does not work", e);
        }
    }
}
