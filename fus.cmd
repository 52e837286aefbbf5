@echo off
rem Starts the fUS command line: finds a JDK 25, builds once when the jar is missing or older than the sources, runs.
rem   FUS_JAVA       a JDK 25: its home folder or its java.exe
rem   FUS_JAVA_OPTS  options for Java, such as -Xmx8g
setlocal DisableDelayedExpansion
set "ROOT=%~dp0"
set "JAR=%ROOT%examples\target\fus.jar"
set "STAMP=%ROOT%examples\target\fus.built"
set "JAVA_EXE="

if defined FUS_JAVA (
    call :try "%FUS_JAVA%"
    if not defined JAVA_EXE (
        echo fus: FUS_JAVA=%FUS_JAVA% is not a JDK 25 ^(expected its home folder or its java.exe^)>&2
        exit /b 1
    )
)
if not defined JAVA_EXE if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined JAVA_EXE for /f "delims=" %%J in ('where java 2^>nul') do call :try "%%J"
for %%P in (
    "%ProgramFiles%\Eclipse Adoptium" "%ProgramFiles%\Java" "%ProgramFiles%\Microsoft" "%ProgramFiles%\Zulu"
    "%ProgramFiles%\Amazon Corretto" "%ProgramFiles%\BellSoft" "%LOCALAPPDATA%\Programs\Eclipse Adoptium"
    "%USERPROFILE%\.jdks" "%USERPROFILE%\scoop\apps"
) do if not defined JAVA_EXE for /d %%D in ("%%~P\*25*") do call :try "%%~D"
if not defined JAVA_EXE (
    echo fus: no JDK 25 found; install one ^(https://adoptium.net^) or set FUS_JAVA to its folder>&2
    exit /b 1
)

call :stale
if errorlevel 1 call :build || exit /b 1

"%JAVA_EXE%" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED %FUS_JAVA_OPTS% -jar "%JAR%" %*
exit /b %errorlevel%

rem Takes a home folder or a java.exe; sets JAVA_EXE when it is of the needed version.
:try
if defined JAVA_EXE exit /b 0
set "CANDIDATE=%~1"
if exist "%CANDIDATE%\bin\java.exe" set "CANDIDATE=%CANDIDATE%\bin\java.exe"
if not exist "%CANDIDATE%" exit /b 0
"%CANDIDATE%" -version 2>&1 | findstr /r /c:" version \"25[.\"-]" >nul 2>&1 && set "JAVA_EXE=%CANDIDATE%"
exit /b 0

rem Error level 1 when the jar is missing or something that it is made of is newer.
:stale
if not exist "%JAR%" exit /b 1
powershell -NoProfile -Command ^
    "$built = @('%JAR%', '%STAMP%') | Where-Object { Test-Path -LiteralPath $_ } | ForEach-Object { (Get-Item -LiteralPath $_).LastWriteTimeUtc } | Sort-Object | Select-Object -Last 1;" ^
    "$parts = @(Get-Item -LiteralPath '%ROOT%pom.xml') + @(Get-ChildItem -Path '%ROOT%*\pom.xml') + @(Get-ChildItem -Path '%ROOT%*\src\main' -Recurse);" ^
    "if ($parts | Where-Object { $_.LastWriteTimeUtc -gt $built }) { exit 1 } else { exit 0 }"
exit /b %errorlevel%

:build
where mvn >nul 2>&1
if errorlevel 1 (
    echo fus: mvn not found; install Maven 3.8.6 or later ^(it builds fus on its first run^)>&2
    exit /b 1
)
if exist "%JAR%" (echo building fus ^(sources changed^)...>&2) else (echo building fus ^(first run^)...>&2)
if not exist "%ROOT%examples\target" mkdir "%ROOT%examples\target"
rem Made before the build, so that what changes during the build is newer.
echo built> "%STAMP%.new"
for %%J in ("%JAVA_EXE%\..\..") do set "JAVA_HOME=%%~fJ"
set "LOG=%TEMP%\fus-build-%RANDOM%.log"
pushd "%ROOT%"
call mvn -B -ntp -DskipTests -pl examples -am package >"%LOG%" 2>&1
set "BUILD_CODE=%errorlevel%"
popd
if not "%BUILD_CODE%"=="0" (
    type "%LOG%" >&2
    del "%LOG%"
    echo fus: the build failed; its messages are above>&2
    exit /b 1
)
del "%LOG%"
move /y "%STAMP%.new" "%STAMP%" >nul
exit /b 0
