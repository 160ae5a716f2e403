// Copyright 2026 The RpcEnv authors
//
// Licensed under the Apache License, Version 2.0 (see LICENSE).
// SPDX-License-Identifier: Apache-2.0

package io.rpcenv.internal.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rpcenv.RpcAddress;
import io.rpcenv.transport.StreamFile;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RPC-25: what is served under which URI, and what never is. */
@Timeout(20)
class FileServerTest {

  @TempDir Path temp;

  private final FileRegistry registry = new FileRegistry();
  private final DefaultFileServer server =
      new DefaultFileServer(RpcAddress.of("host", 7077), registry);
  private Path folder = Path.of("");

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temp.resolve("folder"));
    write("folder/a.txt", "inside");
    write("secret", "outside");
  }

  private Path write(String name, String text) throws IOException {
    Path file = temp.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private String serve(String path) throws IOException {
    try (StreamFile file = registry.open(path)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.length()));
      file.channel().read(bytes, 0);
      return new String(bytes.array(), StandardCharsets.UTF_8);
    }
  }

  private void assertMissing(String path) {
    assertThatThrownBy(() -> serve(path)).as(path).isExactlyInstanceOf(NoSuchFileException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "two words", "größe-日本.txt", "100%#?&+", "%41"})
  void filesAndJarsOfAnyNameAreServed(String name) throws IOException {
    Path file = write(name, "text of " + name);
    assertThat(FileUri.parse(server.addFile(file)).path()).isEqualTo("/files/" + name);
    assertThat(serve("/files/" + name)).isEqualTo("text of " + name);
    assertMissing("/jars/" + name);
    assertThat(FileUri.parse(server.addJar(file)).path()).isEqualTo("/jars/" + name);
    assertThat(serve("/jars/" + name)).isEqualTo("text of " + name);
  }

  @Test
  void anEmptyFileIsServed() throws IOException {
    server.addFile(write("empty", ""));
    assertThat(serve("/files/empty")).isEmpty();
  }

  @Test
  void theSameFileAgainGivesTheSameUri() throws IOException {
    Path file = write("once", "x");
    String uri = server.addFile(file);
    assertThat(uri).isEqualTo("rpc://host:7077/files/once");
    assertThat(server.addFile(temp.resolve("folder/../once"))).isEqualTo(uri);
  }

  @Test
  void anotherFileOfThatNameIsRefused() throws IOException {
    server.addFile(write("x/name", "1"));
    server.addJar(write("y/name", "2"));
    assertThatThrownBy(() -> server.addFile(temp.resolve("y/name")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file: " + temp.resolve("y/name"))
        .hasMessageContaining("expected: another name than [name]");
    assertThat(serve("/files/name")).isEqualTo("1");
    assertThat(serve("/jars/name")).isEqualTo("2");
  }

  @Test
  void aMissingFileIsAnErrorAtOnce() {
    assertThatThrownBy(() -> server.addFile(temp.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("file: ")
        .hasCauseInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> server.addJar(folder)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server.addDirectory("/d", temp.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("directory: ");
    assertThatThrownBy(() -> server.addDirectory("/d", temp.resolve("secret")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> server.addDirectoryIfAbsent("/d", temp.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatIsRemovedIsServedNoMore() throws IOException {
    server.addFile(write("both", "1"));
    server.addJar(write("both", "1"));
    assertThat(server.removeFile("both")).isTrue();
    assertThat(server.removeFile("both")).isFalse();
    assertMissing("/files/both");
    assertThat(serve("/jars/both")).isEqualTo("1");
    assertThat(server.removeJar("both")).isTrue();
    assertThat(server.removeJar("none")).isFalse();
    assertMissing("/jars/both");
    server.addFile(write("z/both", "2"));
    assertThat(serve("/files/both")).isEqualTo("2");
  }

  @Test
  void aFolderIsServedWithAllThatIsInItThen() throws IOException {
    assertThat(server.addDirectory("/dir one/", folder)).isEqualTo("rpc://host:7077/dir%20one");
    write("folder/deep/er/b c", "later");
    assertThat(serve("/dir one/a.txt")).isEqualTo("inside");
    assertThat(serve("/dir one/deep/er/b c")).isEqualTo("later");
    assertMissing("/dir one/none");
    assertMissing("/dir one/deep");
    assertMissing("/dir one");
    assertMissing("/dir");
  }

  @Test
  void theLongerUriCounts() throws IOException {
    Path other = Files.createDirectory(temp.resolve("other"));
    write("other/x", "2");
    write("folder/b/x", "1");
    server.addDirectory("/a", folder);
    assertThat(serve("/a/b/x")).isEqualTo("1");
    server.addDirectory("/a/b", other);
    assertThat(serve("/a/b/x")).isEqualTo("2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/files",
        "/jars",
        "files/",
        "//jars//",
        "/files/sub",
        "/x/../files",
        "/./jars",
        "/%66iles",
        "",
        "/",
        "/.",
        "/..",
        "/../x",
        "/x/../../y",
        "/%",
        "/a%2Fb",
        "/a%00b"
      })
  void reservedAndEmptyFolderNamesAreRefused(String baseUri) {
    assertThatThrownBy(() -> server.addDirectory(baseUri, folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("baseUri: " + baseUri + " (expected: ");
    assertThatThrownBy(() -> server.addDirectoryIfAbsent(baseUri, folder))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dir1", "dir1", "/dir1/././", "/dir2/../dir1/", "//dir1", "/%64ir1"})
  void aRegisteredUriIsRefusedAlsoInDisguise(String again) throws IOException {
    server.addDirectory("/dir1", folder);
    Path other = Files.createDirectory(temp.resolve("other"));
    write("other/a.txt", "other");
    for (Path any : new Path[] {folder, other}) {
      assertThatThrownBy(() -> server.addDirectory(again, any))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not registered");
      assertThat(server.addDirectoryIfAbsent(again, any)).isEqualTo("rpc://host:7077/dir1");
    }
    assertThat(serve("/dir1/a.txt")).isEqualTo("inside");
  }

  @Test
  void aFolderIsAddedIfAbsent() throws IOException {
    assertThat(server.addDirectoryIfAbsent("/new", folder)).isEqualTo("rpc://host:7077/new");
    assertThat(serve("/new/a.txt")).isEqualTo("inside");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/d/../secret",
        "/d/./a.txt",
        "/d//a.txt",
        "/d/",
        "/d/.",
        "/d/..",
        "/d/deep/../../secret",
        "/d/\0",
        "/d/a.txt\0",
        "/d/a.txt/",
        "/d/a.txt/.",
        "d/a.txt",
        "//d/a.txt",
        "/../d/a.txt",
        "/files/../secret",
        "/files/",
        "/files",
        "/jars",
        "/",
        "",
        "/d/..\\secret",
        "/d/%2e%2e/secret",
        "/none/a.txt",
        "/d/link-out",
        "/d/link-up/secret",
        "/d/link-loop",
        "/d/socket",
        "/d/link-sibling"
      })
  void nothingElseIsEverServed(String path) throws IOException {
    Files.createDirectories(folder.resolve("deep"));
    write("folder-sibling/x", "outside");
    Files.createSymbolicLink(folder.resolve("link-out"), temp.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("link-up"), Path.of(".."));
    Files.createSymbolicLink(folder.resolve("link-loop"), Path.of("link-loop"));
    Files.createSymbolicLink(folder.resolve("link-sibling"), temp.resolve("folder-sibling/x"));
    server.addDirectory("/d", folder);
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
      assertMissing(path);
      assertMissing("/d" + temp.resolve("secret"));
    }
  }

  @Test
  void linksWithinTheFolderAreFollowed() throws IOException {
    write("folder/deep/b", "deep");
    Files.createSymbolicLink(folder.resolve("link"), Path.of("deep"));
    Files.createSymbolicLink(temp.resolve("link-to-folder"), folder);
    server.addDirectory("/d", temp.resolve("link-to-folder"));
    assertThat(serve("/d/link/b")).isEqualTo("deep");
  }

  @Test
  void aFileThatBecomesALinkIsNotFollowed() throws IOException {
    Path file = write("f", "1");
    server.addFile(file);
    Files.delete(file);
    assertMissing("/files/f");
    Files.createSymbolicLink(file, folder.resolve("a.txt"));
    assertMissing("/files/f");
    Files.delete(file);
    write("f", "2");
    assertThat(serve("/files/f")).isEqualTo("2");
  }

  @Test
  void aLinkIsServedUnderItsOwnName() throws IOException {
    Files.createSymbolicLink(temp.resolve("current"), folder.resolve("a.txt"));
    assertThat(server.addFile(temp.resolve("current"))).endsWith("/files/current");
    assertThat(serve("/files/current")).isEqualTo("inside");
  }

  @Test
  void devicesAndOtherFileSystemsAreRefused() throws IOException {
    assertThatThrownBy(() -> server.addFile(Path.of("/dev/null")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("regular file");
    Path zip = temp.resolve("z.zip");
    try (var system =
        java.nio.file.FileSystems.newFileSystem(zip, java.util.Map.of("create", "true"))) {
      Path within = Files.writeString(system.getPath("/x"), "x");
      assertThatThrownBy(() -> server.addFile(within))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("default file system");
    }
  }

  /** RPC-26: what changed while it was sent is noticed. */
  @Test
  void aChangeIsNoticedAndAReplacementIsNone() throws IOException {
    Path file = write("f", "123456");
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    server.addFile(file);
    try (StreamFile open = registry.open("/files/f")) {
      open.requireUnchanged();
      Files.setLastModifiedTime(file, FileTime.fromMillis(2_000_000));
      assertThatThrownBy(open::requireUnchanged).hasMessageContaining("was written to");
      Files.writeString(file, "123");
      assertThatThrownBy(open::requireUnchanged)
          .hasMessage("the file became shorter: [3] of [6] bytes");
    }
    try (StreamFile open = registry.open("/files/f")) {
      Files.move(write("g", "other"), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      open.requireUnchanged();
      Files.delete(file);
      open.requireUnchanged();
      assertThat(open.length()).isEqualTo(3);
    }
    write("f", "12");
    try (StreamFile open = registry.open("/files/f")) {
      Files.writeString(file, "345", java.nio.file.StandardOpenOption.APPEND);
      open.requireUnchanged();
      assertThat(open.length()).isEqualTo(2);
    }
  }
}
