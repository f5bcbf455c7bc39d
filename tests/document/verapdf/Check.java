import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.verapdf.pdfa.validation.validators.ValidatorFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Checks PDF files against PDF/UA-1 and PDF/A-3a with the veraPDF library.
 *
 * <p>The profiles are read here, since the library reads them with JAXB, which Java no longer carries.
 * One line for each file and standard: file, standard, number of assertions, number of failures; then a
 * line for each failure, begun by a tab.
 */
public final class Check {
  private static final String PROFILES = "/org/verapdf/pdfa/validation/";

  public static void main(String[] files) throws Exception {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    check(files, PDFAFlavour.PDFUA_1, read("PDFUA-1.xml", PDFAFlavour.PDFUA_1));
    check(files, PDFAFlavour.PDFA_3_A, read("PDFA-3A.xml", PDFAFlavour.PDFA_3_A));
  }

  private static void check(String[] files, PDFAFlavour flavour, ValidationProfile profile) throws Exception {
    for (String file : files) {
      try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour)) {
        ValidationResult result = ValidatorFactory.createValidator(profile).validate(parser);
        List<TestAssertion> failed = new ArrayList<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
          if (assertion.getStatus() == TestAssertion.Status.FAILED) {
            failed.add(assertion);
          }
        }
        System.out.println(
            file + "\t" + flavour.name() + "\t" + result.getTotalAssertions() + "\t" + failed.size());
        for (TestAssertion assertion : failed) {
          System.out.println(
              "\t" + assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber() + " "
                  + assertion.getMessage() + " at " + assertion.getLocation().getContext());
        }
      }
    }
  }

  private static ValidationProfile read(String name, PDFAFlavour flavour) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document;
    try (InputStream stream = Check.class.getResourceAsStream(PROFILES + name)) {
      document = factory.newDocumentBuilder().parse(stream);
    }
    Set<Rule> rules = new LinkedHashSet<>();
    for (Element rule : all(document.getDocumentElement(), "rule")) {
      rules.add(rule(rule));
    }
    Set<Variable> variables = new LinkedHashSet<>();
    for (Element variable : all(document.getDocumentElement(), "variable")) {
      variables.add(
          Profiles.variableFromValues(
              variable.getAttribute("name"),
              variable.getAttribute("object"),
              text(variable, "defaultValue"),
              text(variable, "value")));
    }
    return Profiles.profileFromValues(
        flavour, Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date(0)), "", rules, variables);
  }

  private static Rule rule(Element rule) {
    Element id = all(rule, "id").get(0);
    Element error = all(rule, "error").get(0);
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element argument : all(error, "argument")) {
      arguments.add(
          ErrorArgumentImpl.fromValues(argument.getTextContent(), argument.getAttribute("name"), null));
    }
    String deferred = rule.getAttribute("deferred");
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"),
        deferred.isEmpty() ? null : Boolean.valueOf(deferred),
        rule.getAttribute("tags"),
        text(rule, "description"),
        text(rule, "test"),
        Profiles.errorFromValues(text(error, "message"), arguments),
        new ArrayList<>());
  }

  private static List<Element> all(Element parent, String name) {
    NodeList found = parent.getElementsByTagNameNS("*", name);
    List<Element> elements = new ArrayList<>();
    for (int place = 0; place < found.getLength(); place++) {
      Node node = found.item(place);
      elements.add((Element) node);
    }
    return elements;
  }

  private static String text(Element parent, String name) {
    List<Element> found = all(parent, name);
    return found.isEmpty() ? "" : found.get(0).getTextContent();
  }
}
