// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.examples.cluster.web;

import io.rpcenv.RpcEndpointRef;
import io.rpcenv.RpcEnv;
import io.rpcenv.examples.cli.CommandException;
import io.rpcenv.examples.cli.Listening;
import io.rpcenv.examples.cli.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/** The web page that a master has, as its options want it: perhaps none. */
public final class MasterPage implements AutoCloseable {

  /** Options with a value that {@link #start} reads. */
  public static final Set<String> NAMES =
      Set.of("--web-host", "--web-port", "--web-address-file", "--web-token-file");

  /** What {@code --help} says of them. */
  public static final String HELP =
      """
        --web-host HOST          address of the web page (127.0.0.1)
        --web-port PORT          port of the web page, 0: any free one, off: no page (8080)
        --web-address-file FILE  write the page's host:port to FILE when listening
        --web-token-file FILE    token that allows changes; made if FILE is not there, and
                                 not printed then (a random one, printed)
      """;

  private static final int DEFAULT_PORT = 8080;
  private static final String OFF = "off";
  private static final String LOOPBACK = "127.0.0.1";

  private final Optional<WebServer> server;
  private final Optional<Reporter> reporter;
  private final Optional<String> tokenFile;

  private MasterPage(
      Optional<WebServer> server, Optional<Reporter> reporter, Optional<String> tokenFile) {
    this.server = server;
    this.reporter = reporter;
    this.tokenFile = tokenFile;
  }

  /**
   * Starts the page, and to report on this process.
   *
   * @param options may have {@code --insecure-bind}, too
   * @param env the master's env, which listens
   * @param master the master's endpoint
   * @throws CommandException if an option is wrong, or the port taken
   * @throws IOException if a file cannot be read or written
   */
  public static MasterPage start(Options options, RpcEnv env, RpcEndpointRef master)
      throws CommandException, IOException {
    Optional<String> tokenFile = options.text("--web-token-file");
    if (options.text("--web-port").filter(OFF::equals).isPresent()) {
      return new MasterPage(Optional.empty(), Optional.empty(), tokenFile);
    }
    String host = host(options);
    int port = port(options);
    WebServer server = listen(new WebSettings(host, port, token(tokenFile)), env, master);
    Optional<String> addressFile = options.text("--web-address-file");
    if (addressFile.isPresent()) {
      publish(addressFile.get(), server.hostPort());
    }
    Reporter reporter = Reporter.start(env, "master", "master", env.address().stream().toList());
    reporter.addOwnLog();
    return new MasterPage(Optional.of(server), Optional.of(reporter), tokenFile);
  }

  /** Prints a warning, if others can reach the page. */
  public MasterPage warn(PrintStream err) {
    server
        .filter(web -> !Listening.isLoopback(web.host()))
        .ifPresent(
            web ->
                err.println(
                    "WARNING: the web page is at ["
                        + web.host()
                        + "], not at a loopback address. Everyone who can reach this port can see"
                        + " the cluster and read its logs; the token travels unencrypted."));
    return this;
  }

  /** Prints where the page is. */
  public void announce(PrintStream out) {
    server.ifPresent(
        web ->
            out.println(
                tokenFile
                    .map(file -> "Web page: " + web.url() + " (its token is in " + file + ")")
                    .orElseGet(() -> "Web page: " + web.urlWithToken())));
  }

  @Override
  public void close() {
    reporter.ifPresent(Reporter::close);
    server.ifPresent(WebServer::close);
  }

  private static String host(Options options) throws CommandException {
    String given = options.text("--web-host").orElse(LOOPBACK);
    String host = given.replaceAll("^\\[(.*)\\]$", "$1"); // an IPv6 address as it is in a URL
    if (!Listening.isLoopback(host) && !options.has("--insecure-bind")) {
      throw CommandException.usage(
          "--web-host", host, "a loopback address such as 127.0.0.1, or --insecure-bind as well");
    }
    return host;
  }

  private static int port(Options options) throws CommandException {
    Optional<String> text = options.text("--web-port");
    if (text.isPresent() && !text.get().matches("\\d{1,5}")) {
      throw CommandException.usage("--web-port", text.get(), "0 to 65535, or off");
    }
    return options.wholeNumber("--web-port", 0, 65535, DEFAULT_PORT);
  }

  private static WebServer listen(WebSettings settings, RpcEnv env, RpcEndpointRef master)
      throws CommandException {
    try {
      return WebServer.start(settings, env, master);
    } catch (IOException e) {
      throw CommandException.usage(
          "--web-port",
          Integer.toString(settings.port()),
          "a free port at " + settings.host() + "; 0: any free one, off: no page");
    }
  }

  private static String token(Optional<String> file) throws CommandException, IOException {
    if (file.isEmpty()) {
      return WebSettings.randomToken();
    }
    Path path = Path.of(file.get());
    try {
      String token = WebSettings.randomToken();
      Files.createFile(path, onlyForTheOwner());
      Files.writeString(path, token + "\n");
      return token;
    } catch (FileAlreadyExistsException e) {
      requireOwnersOnly(path);
      String token = Files.readString(path).strip();
      if (!token.matches("[A-Za-z0-9._~-]{" + WebSettings.MIN_TOKEN + ",256}")) {
        throw CommandException.usage(
            "--web-token-file",
            file.get(),
            "a file with "
                + WebSettings.MIN_TOKEN
                + " to 256 letters, digits or . _ ~ -, or none, for one to be made");
      }
      return token;
    }
  }

  private static void requireOwnersOnly(Path file) throws CommandException, IOException {
    if (hasPermissions()
        && !Collections.disjoint(
            Files.getPosixFilePermissions(file), PosixFilePermissions.fromString("---rwxrwx"))) {
      throw CommandException.usage(
          "--web-token-file",
          file.toString(),
          "a file that only its owner can read: chmod 600 " + file);
    }
  }

  private static boolean hasPermissions() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] onlyForTheOwner() {
    return hasPermissions()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void publish(String file, String text) throws IOException {
    // Moved into place, so that nobody reads half an address.
    Path temporary = Files.writeString(Path.of(file + ".tmp"), text + "\n");
    Files.move(temporary, Path.of(file), StandardCopyOption.ATOMIC_MOVE);
  }
}
