// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cluster.web.ClusterControl.Outcome;
import io.rpcenv.examples.cluster.web.ClusterControl.Result;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OUT-02: the cluster by HTTP and JSON, and who is kept from what. The master is a fake one. */
@Timeout(30)
@DisplayName("OUT-02: the cluster by HTTP and JSON")
class WebServerTest {

  private static final String TOKEN = "a-token-of-this-test";
  private static final JsonMapper JSON = new JsonMapper();

  private final FakeControl control = new FakeControl();
  private final RpcEnv env = RpcEnv.builder("web").build();
  private final HttpClient client = HttpClient.newHttpClient();
  private WebServer server;

  @BeforeEach
  void start() throws IOException {
    server = WebServer.start(new WebSettings("127.0.0.1", 0, TOKEN), env, control);
  }

  @AfterEach
  void close() {
    server.close();
    env.close();
  }

  @Nested
  @DisplayName("OUT-02: what is asked for")
  class Asked {

    @Test
    void theStateIsThatOfTheMasterNow() throws Exception {
      assertThat(ids(get("/api/state").path("workers"))).containsExactly("w1", "<b>w/2</b>");

      control.state = CompletableFuture.completedFuture(Views.cluster(Views.worker("w3")));

      assertThat(ids(get("/api/state").path("workers"))).startsWith("w3");
      assertThat(get("/api/state").path("master").path("address").stringValue())
          .isEqualTo("127.0.0.1:7077");
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws Exception {
      assertThat(get("/api/workers").get(0).has("coresUsed")).isFalse();
      assertThat(get("/api/workers").get(0).path("cores").intValue()).isEqualTo(2);
    }

    @Test
    void anApplicationIsFoundByItsId() throws Exception {
      JsonNode detail = get("/api/applications/app-1");

      assertThat(detail.path("application").path("name").stringValue()).isEqualTo("name of app-1");
      assertThat(detail.path("stages").isArray()).isTrue();
    }

    @Test
    void eventsSayWhatChanged() throws Exception {
      get("/api/state");
      JsonNode events = get("/api/events");

      assertThat(events.toString()).contains("Worker registered with 2 core(s)");
      assertThat(get("/api/events?from=" + events.size())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/api/applications/nobody", "/api/nothing", "/nothing", "/api/drivers/d"})
    void whatIsNotThereIs404(String path) throws Exception {
      HttpResponse<String> response = send("GET", path, BodyPublishers.noBody());

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(error(response)).startsWith("there is no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "1.5", "9999999999999999999"})
    void aWrongParameterIs400(String from) throws Exception {
      HttpResponse<String> response =
          send("GET", "/api/events?from=" + from, BodyPublishers.noBody());

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(error(response)).startsWith("from: " + from + " (expected: a whole number");
    }

    @ParameterizedTest
    @CsvSource({
      "DELETE, /api/state, 'GET, HEAD'",
      "POST, /api/state, 'GET, HEAD'",
      "GET, /api/applications/app-1/kill, POST",
      "PUT, /api/applications/app-1/kill, POST",
      "OPTIONS, /api/applications/app-1/kill, POST",
      "POST, /api/stream, GET",
      "POST, /, 'GET, HEAD'"
    })
    void aWrongMethodIs405AndSaysWhichAreRight(String method, String path, String allow)
        throws Exception {
      HttpResponse<String> response = send(method, path, BodyPublishers.noBody());

      assertThat(response.statusCode()).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).contains(allow);
      assertThat(error(response)).isEqualTo("method: " + method + " (expected: " + allow + ")");
    }

    @Test
    void aMasterThatDoesNotAnswerIs503() throws Exception {
      control.state = CompletableFuture.failedFuture(new IllegalStateException("it is busy"));

      HttpResponse<String> response = send("GET", "/api/state", BodyPublishers.noBody());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(error(response))
          .startsWith("the cluster does not answer: ")
          .contains("it is busy");
    }

    @Test
    void thePageAndItsPartsAreThere() throws Exception {
      HttpResponse<String> page = send("GET", "/", BodyPublishers.noBody());

      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
      for (String part :
          List.of(
              "app.js", "views.js", "charts.js", "dom.js", "actions.js", "logs.js", "style.css")) {
        assertThat(page.body()).contains(part);
        assertThat(send("GET", "/" + part, BodyPublishers.noBody()).statusCode()).isEqualTo(200);
      }
      assertThat(page.body()).as("nothing from elsewhere").doesNotContain("http://", "https://");
    }

    @Test
    void aPageThatIsKnownAlreadyIsNotSentAgain() throws Exception {
      HttpResponse<String> first = send("GET", "/app.js", BodyPublishers.noBody());
      String etag = first.headers().firstValue("ETag").orElseThrow();

      HttpRequest again = request("/app.js").header("If-None-Match", etag).GET().build();

      assertThat(client.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    }

    @Test
    void theStreamBeginsWithWhatIsAndGoesOnWithWhatChanges() throws Exception {
      try (Lines stream = new Lines("/api/stream")) {
        assertThat(stream.await("state", "w1")).contains("\"ALIVE\"");

        control.state = CompletableFuture.completedFuture(Views.cluster(Views.worker("w9")));

        assertThat(stream.await("state", "w9")).contains("\"w1\"", "\"DEAD\"");
        assertThat(stream.await("events", "w9")).contains("Worker registered");
        assertThat(server.watchers()).isEqualTo(1);
      }
    }

    @Test
    @DisplayName("200 workers and 2,000 applications: all of the state, and a stream that is small")
    void aBigClusterIsShown() throws Exception {
      get("/api/state");
      control.state = CompletableFuture.completedFuture(Views.big());
      assertThat(get("/api/state").path("applications")).hasSize(2_000 + 1); // and one that ended
      assertThat(get("/api/workers")).hasSize(200 + 2);

      try (Lines stream = new Lines("/api/stream")) {
        assertThat(stream.await("state", "app-mg3k2l-1999"))
            .contains("worker-199")
            .hasSizeLessThan(1 << 20);
      }
    }

    @Test
    void onlySoManyMayWatch() throws Exception {
      List<Lines> streams = new ArrayList<>();
      try {
        for (int i = 0; i < LiveFeed.MAX_CLIENTS; i++) {
          streams.add(new Lines("/api/stream"));
          streams.get(i).next(line -> line.startsWith(": welcome"));
        }
        assertThat(send("GET", "/api/stream", BodyPublishers.noBody()).statusCode()).isEqualTo(503);
      } finally {
        for (Lines stream : streams) {
          stream.close();
        }
      }
    }
  }

  @Nested
  @DisplayName("OUT-02: what is wanted of the master")
  class Wanted {

    @Test
    void anApplicationIsKilled() throws Exception {
      HttpResponse<String> response =
          post("/api/applications/app-1/kill", "{\"reason\":\"too slow\"}");

      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(control.wanted.poll(5, SECONDS))
          .isEqualTo("kill app-1: killed from the web: too slow");
    }

    @Test
    void anApplicationThatTheMasterDoesNotKillIsNotTakenForKilled() throws Exception {
      control.outcome = new Outcome(Result.REFUSED, "not now");

      HttpResponse<String> response = post("/api/applications/app-1/kill", "{}");
      control.state = CompletableFuture.completedFuture(Views.cluster());
      get("/api/state");

      assertThat(response.statusCode()).isEqualTo(409);
      assertThat(error(response)).isEqualTo("not now");
      JsonNode app = get("/api/applications/app-1").path("application");
      assertThat(app.path("state").stringValue()).isEqualTo("ENDED");
      assertThat(app.path("message").stringValue()).isEmpty();
    }

    @Test
    void anApplicationThatTheMasterKillsIsShownAsKilled() throws Exception {
      assertThat(post("/api/applications/app-1/kill", "{}").statusCode()).isEqualTo(200);
      control.state = CompletableFuture.completedFuture(Views.cluster());
      get("/api/state");

      JsonNode app = get("/api/applications/app-1").path("application");
      assertThat(app.path("state").stringValue()).isEqualTo("KILLED");
      assertThat(app.path("message").stringValue()).isEqualTo("killed from the web");
    }

    @Test
    void aDriverIsSubmittedAndItsIdReturned() throws Exception {
      control.takesDrivers = true;

      HttpResponse<String> response = post("/api/drivers", "{\"mainClass\":\"Main\"}");

      assertThat(response.statusCode()).isEqualTo(201);
      assertThat(response.body()).isEqualTo("{\"id\":\"driver-7\"}");
      assertThat(control.wanted.poll(5, SECONDS)).isEqualTo("submit Main");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/api/applications/app-1/kill",
          "/api/applications/nobody/kill",
          "/api/workers/w1/decommission",
          "/api/drivers/d-1/kill",
          "/api/drivers"
        })
    void aMasterThatStandsByChangesNothing(String path) throws Exception {
      control.takesDrivers = true;
      control.state =
          CompletableFuture.completedFuture(
              Views.cluster(
                  "STANDBY", List.of(Views.worker("w1")), List.of(Views.application("app-1"))));

      HttpResponse<String> response =
          post(path, path.endsWith("drivers") ? "{\"mainClass\":\"Main\"}" : "{}");

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(error(response)).isEqualTo("this master does not lead, another one does");
      assertNothingWanted();
    }

    @Test
    void aWorkerIsDecommissionedWhateverItsName() throws Exception {
      HttpResponse<String> response =
          post("/api/workers/%3Cb%3Ew%2F2%3C%2Fb%3E/decommission", "{}");

      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(control.wanted.poll(5, SECONDS)).isEqualTo("decommission <b>w/2</b>");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/api/applications/app-2/kill",
          "/api/workers/w7/decommission",
          "/api/drivers/d-1/kill",
          "/api/x/y/kill"
        })
    void whatIsNotThereIs404(String path) throws Exception {
      assertThat(post(path, "{}").statusCode()).isEqualTo(404);
      assertNothingWanted();
    }

    @Test
    void whatHasEndedCannotBeKilled() throws Exception {
      get("/api/state");
      control.state = CompletableFuture.completedFuture(Views.cluster());

      HttpResponse<String> response = post("/api/applications/app-1/kill", "{}");

      assertThat(response.statusCode()).isEqualTo(409);
      assertThat(error(response)).isEqualTo("application app-1 has ended: ENDED");
      assertNothingWanted();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"kill", "{", "[]", "1", "\"x\"", "{} {}", "{\"reason\":\"a\",\"reason\":\"b\"}"})
    void aBodyThatIsNoJsonObjectIs400(String body) throws Exception {
      HttpResponse<String> response = post("/api/applications/app-1/kill", body);

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(error(response)).isEqualTo("body: " + body + " (expected: a JSON object)");
      assertNothingWanted();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "/api/applications/app-1/kill | {'reason':7} | reason: 7 (expected: a text",
          "/api/applications/app-1/kill | {'why':'x'} | field: why (expected: one of reason)",
          "/api/workers/w1/decommission | {'reason':'x'} | field: reason (expected: no fields)",
          "/api/drivers | {} | mainClass: nothing (expected: a text)",
          "/api/drivers | {'mainClass':'M','cores':0} | cores: 0 (expected: a whole number from 1",
          "/api/drivers | {'mainClass':'M','cores':1.5} | cores: 1.5 (expected: a whole number from 1",
          "/api/drivers | {'mainClass':'M','arguments':'x'} | arguments: \"x\" (expected: a list",
          "/api/drivers | {'mainClass':'M','supervise':'x'} | supervise: \"x\" (expected: true or"
        })
    void aWrongFieldIs400(String path, String body, String error) throws Exception {
      HttpResponse<String> response = post(path, body.replace('\'', '"'));

      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(error(response)).startsWith(error);
      assertNothingWanted();
    }

    @Test
    void aBodyThatIsTooLargeIs413() throws Exception {
      String body = "{\"reason\":\"" + "x".repeat(WebHandler.MAX_BODY) + "\"}";

      HttpResponse<String> response = post("/api/applications/app-1/kill", body);

      assertThat(response.statusCode()).isEqualTo(413);
      assertThat(error(response)).isEqualTo("body: too large (expected: at most 65536 bytes)");
      assertNothingWanted();
    }

    @Test
    void aBodyThatIsTooLargeWithoutSayingSoIs413() throws Exception {
      byte[] body =
          ("{\"reason\":\"" + "x".repeat(WebHandler.MAX_BODY) + "\"}")
              .getBytes(StandardCharsets.UTF_8);
      BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
      HttpRequest request =
          request("/api/applications/app-1/kill")
              .header("Authorization", "Bearer " + TOKEN)
              .header("Content-Type", "application/json")
              .POST(chunked)
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
      assertNothingWanted();
    }

    @Test
    void whatTheMasterCannotDoYetIs501() throws Exception {
      HttpResponse<String> response = post("/api/drivers", "{\"mainClass\":\"Main\"}");

      assertThat(response.statusCode()).isEqualTo(501);
      assertThat(error(response))
          .isEqualTo("submitting a driver is something this master cannot do");
    }
  }

  @Nested
  @DisplayName("OUT-02: who is kept out")
  class KeptOut {

    @ParameterizedTest
    @ValueSource(
        strings = {"", "Bearer", "Bearer wrong-token", "Basic YTpi", "Bearer a-token-of-this-tesT"})
    void withoutTheTokenNothingChanges(String authorization) throws Exception {
      for (String path :
          List.of("/api/applications/app-1/kill", "/api/workers/w1/decommission", "/api/drivers")) {
        HttpRequest.Builder request =
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
        if (!authorization.isEmpty()) {
          request.header("Authorization", authorization);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
            .contains("Bearer realm=\"rpcenv\"");
        assertThat(error(response))
            .startsWith("Authorization: ")
            .endsWith("(expected: Bearer and the token that the master printed when it started)")
            .doesNotContain(TOKEN);
      }
      assertNothingWanted();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
    void whatAFormCouldSendIs415(String type) throws Exception {
      HttpRequest request =
          request("/api/applications/app-1/kill")
              .header("Authorization", "Bearer " + TOKEN)
              .header("Content-Type", type)
              .POST(BodyPublishers.ofString("{}"))
              .build();

      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
      assertNothingWanted();
    }

    @ParameterizedTest
    @CsvSource({
      "Origin, http://evil.example, 403",
      "Origin, null, 403",
      "Origin, http://127.0.0.1:1, 403",
      "Origin, https://{here}, 403",
      "Sec-Fetch-Site, cross-site, 403",
      "Sec-Fetch-Site, same-site, 403",
      "Origin, http://{here}, 200",
      "Sec-Fetch-Site, same-origin, 200"
    })
    void anotherSitesPageCannotChangeAnything(String header, String value, int status)
        throws Exception {
      String answer =
          raw(
              server.hostPort(),
              "POST /api/applications/app-1/kill",
              header + ": " + value.replace("{here}", server.hostPort()));

      assertThat(answer).startsWith("HTTP/1.1 " + status);
      if (status == 403) {
        assertNothingWanted();
      } else {
        assertThat(control.wanted.poll(5, SECONDS)).startsWith("kill app-1");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "evil.example, 421",
      "127.0.0.1.evil.example, 421",
      "192.168.0.1, 421",
      "localhost, 200",
      "127.0.0.1, 200",
      "[::1], 200"
    })
    void aNameThatWasMadeToLeadHereIsRefused(String host, int status) throws Exception {
      for (String request :
          List.of("GET /api/state", "GET /", "POST /api/applications/app-1/kill")) {
        String answer = raw(host + ":80", request, "X: y");

        assertThat(answer).as(request).startsWith("HTTP/1.1 " + status);
      }
      if (status != 200) {
        assertNothingWanted();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/app.js", "/api/state", "/api/nothing", "/%zz", "/a/../b"})
    void eachAnswerTellsTheBrowserWhatNotToDo(String path) throws Exception {
      String answer = raw(server.hostPort(), "GET " + path, "X: y");

      if (!answer.startsWith("HTTP/1.1 400")) {
        assertThat(answer)
            .contains("Content-Security-Policy: default-src 'none'; script-src 'self';")
            .contains("frame-ancestors 'none'")
            .contains("X-Content-Type-Options: nosniff")
            .contains("Referrer-Policy: no-referrer");
      }
      assertThat(answer)
          .doesNotContain("unsafe-inline", "Access-Control-", "Server:", "Jetty", "Exception");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/../../etc/passwd",
          "/%2e%2e/WebServer.class",
          "/page/app.js",
          "/WebServer.class"
        })
    void onlyThePageItselfIsServed(String path) throws Exception {
      assertThat(raw(server.hostPort(), "GET " + path, "X: y")).containsPattern("^HTTP/1.1 40[04]");
    }

    @Test
    void elsewhereThanAtLoopbackAnAddressWillDoAndAForeignNameWillNot() throws Exception {
      try (RpcEnv other = RpcEnv.builder("other").build();
          WebServer open = WebServer.start(new WebSettings("0.0.0.0", 0, TOKEN), other, control)) {
        int port = Integer.parseInt(open.hostPort().substring(open.hostPort().indexOf(':') + 1));
        assertThat(raw(port, "192.168.0.1:80", "GET /api/state", "X: y"))
            .startsWith("HTTP/1.1 200");
        assertThat(raw(port, "evil.example:80", "GET /api/state", "X: y"))
            .startsWith("HTTP/1.1 421");
      }
    }
  }

  @Test
  void aTakenPortIsAnError() {
    int taken = URI.create(server.url()).getPort();
    try (RpcEnv other = RpcEnv.builder("other").build()) {
      assertThatThrownBy(
              () -> WebServer.start(new WebSettings("127.0.0.1", taken, TOKEN), other, control))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void theTokenIsNotInTheText() {
    assertThat(new WebSettings("h", 1, TOKEN).toString()).doesNotContain(TOKEN);
    assertThat(WebSettings.randomToken()).hasSize(48).isNotEqualTo(WebSettings.randomToken());
  }

  private void assertNothingWanted() throws Exception {
    get("/api/state"); // what was wanted before would have been noted by now
    assertThat(control.wanted).isEmpty();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url()).resolve(path));
  }

  private JsonNode get(String path) throws Exception {
    HttpResponse<String> response = send("GET", path, BodyPublishers.noBody());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return JSON.readTree(response.body());
  }

  private HttpResponse<String> send(String method, String path, BodyPublisher body)
      throws Exception {
    return client.send(request(path).method(method, body).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    HttpRequest request =
        request(path)
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json; charset=utf-8")
            .POST(BodyPublishers.ofString(body))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static String error(HttpResponse<String> response) {
    return JSON.readTree(response.body()).path("error").stringValue();
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.forEach(item -> ids.add(item.path("id").stringValue()));
    return ids;
  }

  /** Sends what an honest client would not. */
  private String raw(String host, String methodAndPath, String header) throws IOException {
    return raw(URI.create(server.url()).getPort(), host, methodAndPath, header);
  }

  private static String raw(int port, String host, String methodAndPath, String header)
      throws IOException {
    String request =
        methodAndPath
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\n"
            + header
            + "\r\nAuthorization: Bearer "
            + TOKEN
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + (methodAndPath.startsWith("POST")
                ? "2\r\nConnection: close\r\n\r\n{}"
                : "0\r\nConnection: close\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The lines of a stream of events. */
  private final class Lines implements AutoCloseable {

    private final InputStream in;
    private final Stream<String> lines;
    private final Iterator<String> iterator;
    private final Map<String, String> last = new HashMap<>(); // of each topic

    Lines(String path) throws Exception {
      HttpResponse<InputStream> response =
          client.send(request(path).GET().build(), BodyHandlers.ofInputStream());
      assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
      in = response.body();
      lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines();
      iterator = lines.iterator();
    }

    String next(Predicate<String> wanted) {
      while (true) {
        String line = iterator.next();
        if (wanted.test(line)) {
          return line;
        }
      }
    }

    /** Waits for an event of a topic that holds a text; the test's time limit ends it otherwise. */
    String await(String topic, String text) {
      while (!last.getOrDefault(topic, "").contains(text)) { // it may have come before another
        String event = next(line -> line.startsWith("event: "));
        last.put(event.substring("event: ".length()), next(line -> line.startsWith("data: ")));
      }
      return last.get(topic);
    }

    @Override
    public void close() throws IOException {
      in.close();
      lines.close();
    }
  }
}
